/* The menu opens by <details>; a script only closes it again: Escape, a press elsewhere. */

export function closeMenus() {
  const close = (menu, refocus) => {
    menu.open = false;
    if (refocus) menu.querySelector("summary").focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => close(menu, menu.contains(document.activeElement)));
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) close(menu, false);
    });
  });
}
