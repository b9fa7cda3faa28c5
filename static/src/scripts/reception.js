/* Reception's one screen: the diary, the panel beside it, and the keys. Wires the parts together. */
import { addDays, monday, say, setClock, today, wallNow } from "./reception/clock.js";
import { Diary } from "./reception/diary.js";
import { Feed } from "./reception/feed.js";
import { listenToKeys } from "./reception/keys.js";
import { Panel } from "./reception/panel.js";
import { Said } from "./reception/said.js";
import { looksOf } from "./reception/visit.js";

const TICK = 30_000;
const PATIENCE = 20_000;

const host = document.querySelector("#diary");
const config = JSON.parse(host.dataset.config);
const clock = document.querySelector("[data-clock]");
const offline = document.querySelector("[data-offline]");
const help = document.querySelector("#help");
const language = document.documentElement.lang;
const settings = { ...config, icons: "r-icon-", zone: clock.dataset.zone, money };
const shown = { view: config.view, day: config.day, location: config.location, physio: config.physio };
setClock(clock.dataset.now, clock.dataset.zone);
let heardAt = wallNow();
let currency = null;
htmx.config.defaultTimeout = PATIENCE;

const diary = new Diary(host, settings, { onOpen: openVisit, onEmpty: bookAt, onMove: move, onDrag: dragging });
const feed = new Feed({ onDiary: draw, onAway: sayAway, onBack: sayBack });
const said = new Said(document.querySelector("[data-said-strip]"), { words: config.words, onUndo: undo });
const panel = new Panel(document.querySelector("#panel"), { onClose: closed, onShown: panelShown, onPosted: () => feed.ask(), onFailed: failed });
listenToKeys({
  diary,
  panel,
  help,
  does: {
    book: () => panel.open(bookingAddress()),
    walkIn: () => (markedWalkIn() ?? document.querySelector("[data-walk-in]"))?.click(),
    today: () => go(today()),
    earlier: () => step(-1),
    later: () => step(1),
    undo: () => said.undo(),
    help: () => help.showModal(),
    checkIn: () => stepOf(markedVisit(), "check-in"),
    move: () => markedVisit() && panel.open(`${config.visits}${markedVisit()}/move/`),
  },
});

/* --- Which days ------------------------------------------------------------------------------------------ */

function question() {
  const isWeek = shown.view === "week";
  const asked = { from: isWeek ? monday(shown.day) : shown.day, days: isWeek ? "7" : "1" };
  if (shown.location) asked.location = shown.location;
  return `${config.diary}?${new URLSearchParams(asked)}`;
}

function go(day) {
  shown.day = day;
  look();
}

function step(by) {
  go(addDays(shown.day, by * (shown.view === "week" ? 7 : 1)));
}

function look({ keep = true } = {}) {
  const asked = Object.entries({ ...shown }).filter(([, value]) => value);
  if (keep) history.pushState(null, "", `?${new URLSearchParams(asked)}`);
  document.querySelector("[data-new]").href = bookingAddress();
  const format = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  const title = new Intl.DateTimeFormat(language, format).format(new Date(`${shown.day}T12:00Z`)).replace(",", "");
  const week = monday(shown.day);
  document.querySelector("[data-title]").textContent = shown.view === "week" ? weekWords(week, addDays(week, 6)) : title;
  document.querySelector("[data-filter] [name=day]").value = shown.day;
  feed.look(question());
}

/** “30 November – 6 December”, in the order of the page's language. */
function weekWords(first, last) {
  const format = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" });
  return [first, last].map((day) => format.format(new Date(`${day}T12:00Z`))).join(" – ");
}

for (const link of document.querySelectorAll("[data-go]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ({ earlier: () => step(-1), later: () => step(1), today: () => go(today()) })[link.dataset.go]();
  });
}
document.querySelector("[data-filter]").addEventListener("change", (event) => {
  shown[event.target.name] = event.target.value;
  look();
});
addEventListener("popstate", () => {
  const asked = new URLSearchParams(location.search);
  Object.assign(shown, {
    day: asked.get("day") ?? today(),
    view: asked.get("view") ?? "day",
    location: asked.get("location") ?? "",
    physio: asked.get("physio") ?? "",
  });
  look({ keep: false });
});

const afterTheFrame = (act) => requestAnimationFrame(() => setTimeout(act));

/** Made when it is first needed: it takes a while. */
function money(minor) {
  currency ??= new Intl.NumberFormat(language, { style: "currency", currency: config.currency, trailingZeroDisplay: "stripIfInteger" });
  return currency.format(minor / 10 ** currency.resolvedOptions().maximumFractionDigits);
}

/* --- What the server says -------------------------------------------------------------------------------- */

function draw(data) {
  diary.show(data, shown);
  count(data);
  afterTheFrame(refreshUrgent);
}

function count(data) {
  const marks = data.visits.map((visit) => looksOf(visit, settings).css);
  const { words } = config;
  const counts = [
    [words.visits, data.visits.length],
    [words.waitingCount, marks.filter((css) => css === "s-arrived").length],
    [words.lateCount, marks.filter((css) => css === "s-late").length],
  ];
  const said = counts.filter(([, number], index) => number || !index).map(([text, number]) => text.replace("{count}", number));
  document.querySelector("[data-counts]").textContent = said.join(" · ");
}

function refreshUrgent() {
  htmx.ajax("GET", config.urgent, { target: "#urgent", swap: "innerHTML", source: "#urgent" });
}

function sayAway() {
  if (!offline.hidden) return;
  offline.textContent = config.words.offline.replace("{time}", say(heardAt));
  offline.hidden = false;
}

function sayBack() {
  heardAt = wallNow();
  offline.hidden = true;
}

let minute = "";
setInterval(() => {
  const now = wallNow();
  if (now === minute) return;
  minute = now;
  clock.textContent = say(now);
}, 1000);
setInterval(() => {
  diary.tick();
  if (diary.data) count(diary.data);
  refreshUrgent();
}, TICK);

/* --- What the hand does ---------------------------------------------------------------------------------- */

function openVisit(id) {
  diary.draft(null);
  panel.open(`${config.visits}${id}/`);
}

/** Whoever looks at another day books on it; a day that is over is nothing to book on. */
function bookingAddress() {
  return shown.day > today() ? `${config.book}?${new URLSearchParams({ day: shown.day })}` : config.book;
}

function bookAt({ minutes, ...place }) {
  diary.draft({ ...place, minutes });
  panel.open(`${config.book}?${new URLSearchParams(place)}`);
}

function dragging(isDragging) {
  if (isDragging) feed.hold();
  else feed.release();
}

/** What was dropped stands again where the last answer saw it, whether the next one comes or not. */
function failed() {
  diary.insist();
  diary.tick();
  said.failed(config.words.failed);
}

/** The box stands where it was dropped until the server has said yes or no; then it stands where it is. */
async function move(visit, place) {
  feed.hold();
  try {
    await panel.post(`${config.visits}${visit.id}/move/`, { ...place, sequence: visit.sequence });
  } finally {
    diary.insist();
    feed.release();
    feed.insist();
  }
}

function undo(url, sequence) {
  panel.post(url, { sequence }).then(() => feed.ask());
}

function stepOf(id, value) {
  if (id) panel.post(`${config.visits}${id}/step/`, { step: value });
}

function markedVisit() {
  return document.activeElement?.closest?.("[data-visit]")?.dataset.visit ?? panel.aside.querySelector("[data-visit]")?.dataset.visit;
}

function markedWalkIn() {
  const physio = document.activeElement?.dataset?.physio;
  return physio ? document.querySelector(`[data-walk-in="${CSS.escape(physio)}"]`) : null;
}

function panelShown(aside, wasHidden = false) {
  said.from(aside);
  diary.mark(aside.querySelector("[data-visit]")?.dataset.visit ?? "");
  if (!aside.querySelector("[data-search], [data-book]")) diary.draft(null);
  document.body.classList.add("has-panel");
  if (wasHidden) diary.refit();
}

function closed() {
  diary.draft(null);
  diary.mark("");
  document.body.classList.remove("has-panel");
  diary.refit();
}

/** The marks stand in the page once: hundreds of boxes that point to another file draw slowly. */
async function borrowIcons() {
  const answer = await fetch(host.dataset.icons);
  const sheet = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  for (const mark of sheet.querySelectorAll("[id]")) mark.id = `${settings.icons}${mark.id}`;
  sheet.setAttribute("class", "r-icons");
  sheet.setAttribute("aria-hidden", "true");
  document.body.append(document.adoptNode(sheet));
}

document.querySelector("[data-help]").addEventListener("click", () => help.showModal());
borrowIcons();
said.from(document);
feed.look(question());
const wanted = new URLSearchParams(location.search).get("visit");
if (wanted) openVisit(wanted);
