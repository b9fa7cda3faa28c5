/* Which days are shown, whose and where. The address, the filters and the keys ask for them; the heading says so once
   they stand on the diary, for until then other days do. */
import { addDays, monday, today } from "./clock.js";

const NAMES = ["day", "view", "location", "physio"];

export class Shown {
  #asked;

  /** `onAsked(question)`: the diary of other days, another place, is to be fetched. */
  constructor(config, { language, onAsked }) {
    Object.assign(this, { diary: config.diary, language, onAsked });
    this.#asked = Object.fromEntries(NAMES.map((name) => [name, config[name]]));
    this.heading = document.querySelector("[data-title]");
    this.filter = document.querySelector("[data-filter]");
    this.links = document.querySelectorAll("[data-go]");
    this.filter.addEventListener("change", ({ target }) => this.#ask({ [target.name]: target.value }));
    for (const link of this.links) link.addEventListener("click", (event) => this.#clicked(event, link.dataset.go));
    addEventListener("popstate", () => {
      const { day = today(), view = "day", location = "", physio = "" } = Object.fromEntries(new URLSearchParams(window.location.search));
      this.#ask({ day, view, location, physio }, { keep: false });
    });
  }

  /** As plain values: view, day, location, physio. */
  get asked() {
    return this.#asked;
  }

  get day() {
    return this.#asked.day;
  }

  get isWeek() {
    return this.#asked.view === "week";
  }

  get question() {
    const asked = { from: this.isWeek ? monday(this.day) : this.day, days: this.isWeek ? "7" : "1" };
    if (this.#asked.location) asked.location = this.#asked.location;
    return `${this.diary}?${new URLSearchParams(asked)}`;
  }

  go(day) {
    this.#ask({ day });
  }

  step(by) {
    this.go(this.#after(by));
  }

  /** The night is over: whoever looked at today looks at today. */
  turnOver(yesterday) {
    if (this.day === yesterday) this.#ask({ day: today() }, { keep: false });
  }

  /** What was asked for is drawn. */
  stands() {
    const words = this.isWeek ? this.#weekWords() : this.#dayWords();
    document.title = document.title.replace(this.heading.textContent, words);
    this.heading.textContent = words;
    for (const link of this.links) link.href = this.#address({ day: { earlier: this.#after(-1), later: this.#after(1), today: "" }[link.dataset.go] });
  }

  #ask(changes, { keep = true } = {}) {
    this.#asked = { ...this.#asked, ...changes };
    if (keep) history.pushState(null, "", this.#address());
    else history.replaceState(null, "", this.#address());
    this.#fill();
    this.onAsked(this.question);
  }

  /** Of today the address says nothing, so that tomorrow it is tomorrow's. */
  #address(changes = {}) {
    const asked = Object.entries({ ...this.#asked, ...changes }).filter(([name, value]) => value && !(name === "day" && value === today()));
    return `?${new URLSearchParams(asked)}`;
  }

  #fill() {
    const { elements } = this.filter;
    for (const name of NAMES) if (elements[name]) elements[name].value = this.#asked[name];
  }

  #clicked(event, way) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (way === "today") this.go(today());
    else this.step(way === "earlier" ? -1 : 1);
  }

  #after(by) {
    return addDays(this.day, by * (this.isWeek ? 7 : 1));
  }

  #dayWords() {
    return this.#say({ weekday: "long", day: "numeric", month: "long" }, this.day).replace(",", "");
  }

  /** “30 November – 6 December”, in the order of the page's language. */
  #weekWords() {
    const first = monday(this.day);
    return [first, addDays(first, 6)].map((day) => this.#say({ day: "numeric", month: "long" }, day)).join(" – ");
  }

  #say(format, day) {
    return new Intl.DateTimeFormat(this.language, { ...format, timeZone: "UTC" }).format(new Date(`${day}T12:00Z`));
  }
}
