/* How high a quarter of an hour and how wide a column is drawn. */

export const SLOT_MINUTES = 15;
const LEAST_SLOT = 17.5;
const HEAD = 50;
/* What an A4 sheet on its side leaves for the day below the date, in CSS pixels: 194 mm less the head. */
const SHEET = 640;
const MOST_ON_PAPER = 0.85;

/** Read before anything is written: otherwise the browser has to lay the page out twice. */
export const roomOf = (host) => ({ width: host.clientWidth, height: host.clientHeight });

/** Fills the screen. */
export function slotHeight({ height }, hours) {
  return Math.max(LEAST_SLOT, Math.floor((10 * (height - HEAD)) / slotsOf(hours)) / 10);
}

/** By how much a sheet of paper has to shrink what fills the screen. */
export const onPaper = (slot, hours) => Math.min(MOST_ON_PAPER, SHEET / (slotsOf(hours) * slot + HEAD));

/** Undefined while the columns can share the screen; a width in pixels where the diary has to be scrolled. */
export function columnWidth({ width }, columns, view) {
  const room = width - 60;
  const least = view === "week" && columns > 7 ? 92 : innerWidth < 768 ? 132 : 84;
  return room / columns >= least ? undefined : `${least}px`;
}

const slotsOf = ({ from, to }) => ((Number(to.slice(0, 2)) - Number(from.slice(0, 2))) * 60) / SLOT_MINUTES;
