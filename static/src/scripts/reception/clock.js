/* The clinic's clock, whatever zone the computer at the desk is set to, and however wrong its clock is.

   Wall-clock times are written like 2026-12-03T10:20 and compared as text or through minutes(). */

let skew = 0;
let parts = null;
let minute = 0;
let shown = "";

/** `serverNow` is the moment at which the page was made; `zone` the clinic's. */
export function setClock(serverNow, zone) {
  skew = Date.parse(serverNow) - Date.now();
  parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  minute = 0;
}

/** Now, as the clinic's wall clock shows it: worked out once a minute, for every visit on the diary asks. */
export function wallNow() {
  const now = Math.floor((Date.now() + skew) / 60_000);
  if (now !== minute) {
    const found = Object.fromEntries(parts.formatToParts(now * 60_000).map(({ type, value }) => [type, value]));
    shown = `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}`;
    minute = now;
  }
  return shown;
}

/** How far that clock is ahead of what the computer takes for UTC, as Event Calendar reads it: “+01:00”.
    It takes nought for “the zone of the computer”, so a clinic at UTC is a minute ahead of itself: one pixel. */
export function ahead() {
  const by = minutes(wallNow()) - Math.floor(Date.now() / 60_000) || 1;
  const [hours, rest] = [Math.floor(Math.abs(by) / 60), Math.abs(by) % 60];
  return `${by < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

export const today = () => wallNow().slice(0, 10);

/** The wall clock of a moment as the API writes it: the clinic's time with its offset behind it. */
export const wall = (moment) => moment.slice(0, 16);

/** Minutes since a fixed beginning, for differences. */
export const minutes = (wallClock) => Date.parse(`${wallClock}Z`) / 60_000;

/** And back. */
export const toWall = (count) => new Date(count * 60_000).toISOString().slice(0, 16);

/** 8:05, or 10:20. */
export const say = (wallClock) => wallClock.slice(11, 16).replace(/^0/, "");

export function addDays(day, count) {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export const monday = (day) => addDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));

/** The seven days from this one on. */
export const daysFrom = (first) => [0, 1, 2, 3, 4, 5, 6].map((count) => addDays(first, count));

/** Of a day, 0 for Sunday. */
export const weekday = (day) => new Date(`${day}T12:00Z`).getUTCDay();

/** 09:20, and never yesterday. */
export const anHourAgo = () => (wallNow().slice(11) < "01:00" ? "00:00" : toWall(minutes(wallNow()) - 60).slice(11));

/** The wall clock of a date as Event Calendar gives it: in the computer's zone, whatever that is. */
export function local(date) {
  const [month, day, hour, minute] = [date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes()].map(pad);
  return `${date.getFullYear()}-${month}-${day}T${hour}:${minute}`;
}

const pad = (number) => String(number).padStart(2, "0");
