/* From the API's diary to what Event Calendar draws: visits, and the hours in which nobody is seen. */
import { addDays, minutes, toWall, wall } from "./clock.js";
import { classesOf, looksOf } from "./visit.js";

const EARLIEST = "08:00";
const LATEST = "18:00";

export function resourcesOf(diary, physio) {
  return diary.practitioners
    .filter(({ slug }) => !physio || slug === physio)
    .map((column) => ({ id: column.slug, title: column.name, extendedProps: { column } }));
}

export function visitEvents(diary, settings) {
  return diary.visits.map((visit) => ({
    id: visit.id,
    resourceIds: [visit.practitioner],
    start: wall(visit.starts_at),
    end: wall(visit.ends_at),
    title: visit.patient ?? "",
    classNames: classesOf(visit, settings),
    editable: visit.status === "confirmed",
    durationEditable: false,
    extendedProps: { visit, word: looksOf(visit, settings).word },
  }));
}

/** A new visit that is being typed. */
export function draftEvent({ practitioner, day, time, minutes: length }, title) {
  return {
    id: "draft",
    resourceIds: [practitioner],
    start: `${day}T${time}`,
    end: toWall(minutes(`${day}T${time}`) + length),
    title,
    classNames: ["s-draft"],
    editable: false,
  };
}

/** From the first open minute to the last, over all columns and days; whole hours. */
export function hoursOf(diary) {
  const clock = (moment) => wall(moment).slice(11);
  const opens = diary.practitioners.flatMap(({ open }) => open.map((one) => clock(one.from)));
  const closes = diary.practitioners.flatMap(({ open }) => open.map((one) => clock(one.to)));
  const starts = diary.visits.map((visit) => clock(visit.starts_at));
  const ends = diary.visits.map((visit) => clock(visit.ends_at)).filter((end) => end !== "00:00");
  const first = [...opens, ...starts].sort()[0] ?? EARLIEST;
  const last = [...closes, ...ends].sort().at(-1) ?? LATEST;
  return { from: `${first.slice(0, 2)}:00`, to: last.endsWith(":00") ? last : `${String(Number(last.slice(0, 2)) + 1).padStart(2, "0")}:00` };
}

/** Days of a week on which nobody works and nobody comes: a Sunday need not take a seventh of the screen. */
export function emptyDays(diary) {
  const busy = new Set(diary.visits.map((visit) => wall(visit.starts_at).slice(0, 10)));
  for (const { open } of diary.practitioners) for (const one of open) busy.add(wall(one.from).slice(0, 10));
  const days = [];
  for (let day = diary.from; day <= diary.to; day = addDays(day, 1)) if (!busy.has(day)) days.push(day);
  return days;
}

/** Everything of a column that is not open, and whatever is shut within what is. */
export function shutEvents(diary, settings) {
  const events = [];
  const { from: opens, to: closes } = hoursOf(diary);
  const hidden = new Set(emptyDays(diary));
  for (const { slug, open, shut } of diary.practitioners) {
    for (let day = diary.from; day <= diary.to; day = addDays(day, 1)) {
      if (hidden.has(day)) continue;
      const spans = open
        .map((one) => [wall(one.from), wall(one.to)])
        .filter(([from]) => from.startsWith(day))
        .sort();
      let at = `${day}T${opens}`;
      const end = closes === "24:00" ? `${addDays(day, 1)}T00:00` : `${day}T${closes}`;
      for (const [from, to] of spans) {
        if (minutes(from) > minutes(at)) events.push(background(slug, at, from, "is-off"));
        if (to > at) at = to;
      }
      if (at < end) events.push(background(slug, at, end, "is-off"));
      for (const one of shut) {
        const from = max(wall(one.from), `${day}T00:00`);
        const to = min(wall(one.to), `${addDays(day, 1)}T00:00`);
        if (from < to) events.push(background(slug, from, to, "is-away", one.reason || settings.words[one.kind]));
      }
    }
  }
  return events;
}

const background = (slug, start, end, css, title = "") => ({
  id: [css, slug, start, end, title].join(" "), // the same stays the same box when the diary is drawn again
  resourceIds: [slug],
  start,
  end,
  title,
  display: "background",
  classNames: [css],
});
const max = (a, b) => (a > b ? a : b);
const min = (a, b) => (a < b ? a : b);

/** Where a physio is at that moment, failing that where they are that day. */
export function placeAt(column, wallClock) {
  const day = column.open.filter((one) => wall(one.from).slice(0, 10) === wallClock.slice(0, 10));
  return (day.find((one) => wall(one.from) <= wallClock && wallClock < wall(one.to)) ?? day[0])?.location ?? "";
}
