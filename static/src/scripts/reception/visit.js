/* One visit as the diary draws it: icon, word and colour, always all three. */
import { minutes, wall, wallNow } from "./clock.js";

const SVG = "http://www.w3.org/2000/svg";
const SHORT = 30;

const LOOKS = {
  held: ["calendar", "s-held"],
  confirmed: ["check", "s-ok"],
  arrived: ["door", "s-arrived"],
  in_room: ["room", "s-room"],
  completed: ["checks", "s-done"],
  no_show: ["cross", "s-no-show"],
};

/** Which icon, which class, which word; late and waiting change with the minutes. */
export function looksOf(visit, { words, lateAfter }, now = wallNow()) {
  let [icon, css] = LOOKS[visit.status];
  let word = words[visit.status];
  if (visit.status === "confirmed") {
    const late = minutes(now) - minutes(wall(visit.starts_at));
    if (late >= lateAfter) {
      const isOver = wall(visit.ends_at) <= now;
      [icon, css] = ["clock", isOver ? "s-unclosed" : "s-late"];
      word = isOver ? words.unclosed : words.late.replace("{minutes}", late);
    }
  }
  if (visit.status === "arrived" && visit.arrived_at) {
    const waits = minutes(now) - minutes(wall(visit.arrived_at));
    if (waits > 0) word = words.waiting.replace("{minutes}", waits);
  }
  return { icon, css, word };
}

const drawn = new Map();

/** A copy of the mark: hundreds of them stand on a full diary. */
export function icon(name, icons) {
  if (!drawn.has(name)) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#${icons}${name}`);
    svg.append(use);
    drawn.set(name, svg);
  }
  return drawn.get(name).cloneNode(true);
}

export function element(tag, text, css) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (css) made.className = css;
  return made;
}

/** “Follow-up, 45 min, may include …” has room for its first words only. */
const short = (service) => service.split(/[,(:]/)[0].trim();

/** What is out of the ordinary about a visit, as icon and words. */
function marksOf(visit, { words }) {
  return [
    [visit.overbooked, "plus", words.overbooked.replace("{reason}", visit.overbooked)],
    [visit.needs_a_hand, "warn", words.hand],
    [visit.alert, "stop", words.alert],
    [visit.note, "note", words.note],
  ].filter(([is]) => is);
}

/** Of a visit that is over: what is still to be paid. */
const dueOf = (visit, { words, money }) =>
  visit.status === "completed" && visit.due_minor > 0 ? words.due.replace("{sum}", money(visit.due_minor)) : "";

/** What stands in the box: mark and name, then what the eye needs next. */
export function contentOf(visit, settings, isBrief = false) {
  const { words, icons } = settings;
  const { icon: mark, word } = looksOf(visit, settings);
  const name = element("b");
  name.append(icon(mark, icons), ` ${visit.patient ?? words.held}`);
  const box = element("div", "", "r-box");
  box.append(name);
  if (isBrief) return box;
  const says = [];
  if (["late", "waiting"].includes(moving(visit, settings))) says.push(word);
  else if (visit.status === "no_show" || (visit.status === "held" && visit.patient)) says.push(word);
  says.push(dueOf(visit, settings), short(visit.service));
  const about = element("span", says.filter(Boolean).join(", "));
  const marks = element("i", "", "r-marks");
  for (const [, which] of marksOf(visit, settings)) marks.append(icon(which, icons));
  const line = element("div", "", "r-line");
  line.append(about, marks);
  box.append(line);
  return box;
}

function moving(visit, settings) {
  const { css, word } = looksOf(visit, settings);
  if (css === "s-late" || css === "s-unclosed") return "late";
  return css === "s-arrived" && word !== settings.words.arrived ? "waiting" : "";
}

/** Read aloud instead of what stands in the box, and shown when the mouse rests on it. */
export function labelOf(visit, settings, physio) {
  const { word } = looksOf(visit, settings);
  const time = `${wall(visit.starts_at).slice(11)}–${wall(visit.ends_at).slice(11)}`;
  const first = visit.first ? settings.words.first : "";
  const marks = marksOf(visit, settings).map(([, , why]) => why);
  const about = [visit.patient ?? settings.words.held, word, time, physio, visit.room, visit.service, first, dueOf(visit, settings)];
  return [...about, ...marks].filter(Boolean).join(", ");
}

export function classesOf(visit, settings) {
  const length = minutes(wall(visit.ends_at)) - minutes(wall(visit.starts_at));
  return [
    looksOf(visit, settings).css,
    length < SHORT ? "is-tiny" : length === SHORT ? "is-short" : "",
    visit.overbooked ? "is-overbooked" : "",
    visit.needs_a_hand ? "is-wanting" : "",
  ].filter(Boolean);
}
