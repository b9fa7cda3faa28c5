/* What a screen reader is told. The region is always there: one that comes together with its words is not heard. */
const region = document.querySelector("[data-heard]");

export function announce(text) {
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}
