/* How high a quarter of an hour and how wide a column is drawn. */

export const SLOT_MINUTES = 15;
const LEAST_SLOT = 17.5;
const HEAD = 50;
/* What an A4 sheet on its side leaves for the day below the date, in CSS pixels: 194 mm less the head. */
const SHEET = 640;
const MOST_ON_PAPER = 0.85;

/** Fills the screen, and says by how much a sheet of paper has to shrink what fills the screen. */
export function slotHeight(host, { from, to }) {
  const slots = ((Number(to.slice(0, 2)) - Number(from.slice(0, 2))) * 60) / SLOT_MINUTES;
  const height = Math.max(LEAST_SLOT, Math.floor((10 * (host.clientHeight - HEAD)) / slots) / 10);
  host.style.setProperty("--on-paper", Math.min(MOST_ON_PAPER, SHEET / (slots * height + HEAD)));
  return height;
}

/** Undefined while the columns can share the screen; a width in pixels where the diary has to be scrolled. */
export function columnWidth(host, columns) {
  const room = host.clientWidth - 60;
  const least = host.dataset.view === "week" && columns > 7 ? 92 : innerWidth < 768 ? 132 : 84;
  return room / columns >= least ? undefined : `${least}px`;
}
