/* A part that a choice or a search renews says in `data-aloud` what it holds now. A screen reader hears it from the region
   `data-heard`, which is always there: one that comes together with its words is not heard. */

/** Not what the page began with: that is read anyway. */
export function sayAloud(part) {
  const heard = document.querySelector("[data-heard]");
  const { aloud } = part.dataset;
  if (!heard || aloud === heard.dataset.last) return;
  if ("last" in heard.dataset) heard.textContent = aloud;
  heard.dataset.last = aloud;
}
