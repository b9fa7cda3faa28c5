/* Reception's one screen: the diary, the panel beside it, and the keys. Wires the parts together. */
import { announce } from "./reception/announce.js";
import { say, setClock, today, wallNow } from "./reception/clock.js";
import { Diary } from "./reception/diary.js";
import { Feed } from "./reception/feed.js";
import { listenToKeys } from "./reception/keys.js";
import { Panel } from "./reception/panel.js";
import { Said } from "./reception/said.js";
import { Shown } from "./reception/shown.js";
import { Urgent } from "./reception/urgent.js";
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
setClock(clock.dataset.now, clock.dataset.zone);
let heardAt = wallNow();
let currency = null;
let plurals = null;
let isAnotherDay = false;
htmx.config.defaultTimeout = PATIENCE;
htmx.config.noSwap.push(403, 404);

const shown = new Shown(config, { language, onAsked: fetchOther });
const urgent = new Urgent(document.querySelector("#urgent"), config.urgent);
const diary = new Diary(host, settings, { onOpen: openVisit, onEmpty: bookAt, onMove: move, onDrag: dragging });
const feed = new Feed({ onDiary: draw, onAway: sayAway, onBack: sayBack });
const said = new Said(document.querySelector("[data-said-strip]"), { words: config.words, onUndo: undo });
const panel = new Panel(document.querySelector("#panel"), {
  search: config.book,
  onClose: closed,
  onShown: panelShown,
  onPosted: () => feed.ask(),
  onFailed: failed,
  onGone: () => said.failed(config.words.gone),
});
listenToKeys({
  diary,
  panel,
  help,
  does: {
    book: () => panel.open(bookingAddress()),
    walkIn: () => panel.open(`${config.book}?${new URLSearchParams({ practitioner: markedPhysio(), walk_in: "1" })}`),
    today: () => shown.go(today()),
    earlier: () => shown.step(-1),
    later: () => shown.step(1),
    undo: () => said.undo(),
    help: () => help.showModal(),
    checkIn: () => stepOf(markedVisit(), "check-in"),
    move: () => markedVisit() && panel.open(`${config.visits}${markedVisit()}/move/`),
  },
});

const afterTheFrame = (act) => requestAnimationFrame(() => setTimeout(act));

/** Made when it is first needed: it takes a while. */
function money(minor) {
  currency ??= new Intl.NumberFormat(language, { style: "currency", currency: config.currency, trailingZeroDisplay: "stripIfInteger" });
  return currency.format(minor / 10 ** currency.resolvedOptions().maximumFractionDigits);
}

/* --- What the server says -------------------------------------------------------------------------------- */

/** Until the answer is there, the old days stand dimmed under their old heading. */
function fetchOther(question) {
  isAnotherDay = true;
  host.setAttribute("aria-busy", "true");
  feed.look(question);
}

function draw(data) {
  diary.show(data, shown.asked);
  shown.stands();
  document.querySelector("[data-new]").href = bookingAddress();
  host.removeAttribute("aria-busy");
  const counts = count(data);
  if (isAnotherDay) announce(`${shown.heading.textContent}, ${counts}`);
  isAnotherDay = false;
  afterTheFrame(() => urgent.refresh());
}

function count(data) {
  const marks = data.visits.map((visit) => looksOf(visit, settings).css);
  const { words } = config;
  const counts = [
    [words.visits, data.visits.length],
    [words.waitingCount, marks.filter((css) => css === "s-arrived").length],
    [words.lateCount, marks.filter((css) => css === "s-late").length],
  ];
  const said = counts.filter(([, number], index) => number || !index).map(([forms, number]) => inWords(forms, number));
  document.querySelector("[data-counts]").textContent = said.join(" · ");
  return said.join(", ");
}

/** In the form that goes with the number, as the page's language has them. */
function inWords(forms, number) {
  plurals ??= new Intl.PluralRules(language);
  return forms[plurals.select(number)].replace("{count}", number);
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
let day = today();
setInterval(() => {
  if (wallNow() === minute) return;
  minute = wallNow();
  clock.textContent = say(minute);
  if (today() !== day) shown.turnOver(day);
  day = today();
}, 1000);
setInterval(() => {
  diary.tick();
  if (diary.data) count(diary.data);
  urgent.refresh();
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

/** Whose visit is marked, else whose diary it is, else the first. */
function markedPhysio() {
  return document.activeElement?.dataset?.physio || shown.asked.physio || (diary.data?.practitioners[0]?.slug ?? "");
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
feed.look(shown.question);
const wanted = new URLSearchParams(location.search).get("visit");
if (wanted) openVisit(wanted);
