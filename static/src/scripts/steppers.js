/* A number with a button on either side, for a thumb. Without this the number is typed. */

function step(input, by) {
  const least = Number(input.min || 0);
  const most = Number(input.max || 99);
  input.value = Math.min(most, Math.max(least, Number(input.value || 0) + by));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function button(sign, name, label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-line";
  made.textContent = sign;
  made.setAttribute("aria-label", `${name}: ${label}`);
  made.addEventListener("click", press);
  return made;
}

for (const place of document.querySelectorAll("[data-stepper]")) {
  const input = place.querySelector("input");
  const label = place.querySelector("label").firstChild.textContent.trim();
  const row = document.createElement("div");
  row.className = "n-step";
  input.replaceWith(row);
  row.append(
    button("−", place.dataset.less, label, () => step(input, -1)),
    input,
    button("+", place.dataset.more, label, () => step(input, 1)),
  );
}
