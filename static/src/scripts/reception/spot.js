/* What somebody means who presses, or draws, on empty time of a column. */
import { minutes, toWall, wall } from "./clock.js";
import { placeAt } from "./events.js";
import { SLOT_MINUTES } from "./fit.js";

const DRAFT_MINUTES = 45;

/** `end` only where a stretch was drawn; `visits` are the column's. */
export function spotOf({ start, end, column, visits }) {
  const from = end ? start.slice(0, 16) : quarter(start.slice(0, 16), visits);
  const drawn = end ? minutes(end.slice(0, 16)) - minutes(from) : 0;
  const next = visits.map((visit) => wall(visit.starts_at)).filter((at) => at > from).sort()[0];
  const gap = next ? minutes(next) - minutes(from) : DRAFT_MINUTES;
  return {
    practitioner: column.slug,
    location: placeAt(column, from),
    day: from.slice(0, 10),
    time: from.slice(11),
    minutes: drawn > SLOT_MINUTES ? drawn : Math.min(DRAFT_MINUTES, gap),
  };
}

/** A press means the quarter it falls into, or the end of the visit that reaches into that quarter. */
function quarter(pressed, visits) {
  const began = toWall(Math.floor(minutes(pressed) / SLOT_MINUTES) * SLOT_MINUTES);
  const ends = visits.map((visit) => wall(visit.ends_at));
  return ends.filter((end) => end > began && end <= pressed).sort().at(-1) ?? began;
}
