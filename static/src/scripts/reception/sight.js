/* Which columns of a week of everybody are drawn: those in sight, and those that a short scroll brings into sight.

   Event Calendar works through every box there is whenever one changes. A week of twelve physios has a thousand. */

const BESIDE = 0.5; // of a screen, to either side
const AHEAD = 0.2; // whoever scrolls this near to the end of what is drawn gets more
const CALM = 150; // milliseconds without scrolling

export const columnKey = (day, physio) => `${day} ${physio}`;

export class Sight {
  #columns = null;
  #busy = null;
  #near = null;
  #timer = 0;
  #isStill = true;

  constructor(host, onChange) {
    Object.assign(this, { host, onChange });
    host.addEventListener("scroll", () => this.#scrolled(), { capture: true, passive: true });
  }

  shows(day, physio) {
    return !this.#near || this.#near.has(columnKey(day, physio));
  }

  /** Whether there are more columns than a screen has room for. */
  get isWide() {
    return Boolean(this.#columns);
  }

  /** So few columns that all can stand there. */
  all() {
    this.#columns = this.#near = null;
  }

  /** Of these columns, in their order, `first` at first, until look() brings what is beside them. Whoever has scrolled
      on stays there. `busy` have visits: the next of them is always drawn, so that the arrow keys come to it. */
  only(first, columns, busy) {
    this.#busy = busy;
    if (this.#columns?.join() === columns.join()) return;
    const stand = columns.filter((column) => this.#near?.has(column)); // of the same week, with one physio more
    this.#columns = columns;
    this.#near = new Set(stand.length ? stand : first);
    this.#isStill = true;
  }

  /** For paper, which does not scroll. */
  everything() {
    clearTimeout(this.#timer);
    if (this.#columns) this.#near = new Set(this.#columns);
  }

  /** Whether a box stands on the screen, where what is beside it is drawn. */
  covers(box) {
    const [{ left, right }, main] = [box.getBoundingClientRect(), this.host.querySelector(".ec-main").getBoundingClientRect()];
    return left < main.right && right > main.left;
  }

  /** A week of many columns opens where its chosen day begins. */
  scrollTo(column) {
    const [main, day] = [this.host.querySelector(".ec-main"), this.host.querySelector(".ec-day")];
    if (main && day) main.scrollLeft = Math.round(Math.max(0, column) * day.getBoundingClientRect().width);
  }

  /** See again what is near, after a scroll, or when columns have another width. */
  look() {
    clearTimeout(this.#timer);
    this.#isStill = false;
    if (this.#columns) this.#change([...this.#toTheNextBusy(this.#within(BESIDE)), ...this.#focused()]);
  }

  #change(columns) {
    const near = new Set(columns);
    if (near.size === this.#near.size && columns.every((column) => this.#near.has(column))) return;
    this.#near = near;
    this.onChange();
  }

  #scrolled() {
    if (!this.#columns || this.#isStill) return;
    clearTimeout(this.#timer);
    if (this.#named(this.#within(AHEAD)).every((column) => this.#near.has(column))) this.#timer = setTimeout(() => this.look(), CALM);
    else this.look();
  }

  /** Nobody loses the box they are on. */
  #focused() {
    const { day, physio } = this.host.querySelector(".ec-event:focus")?.dataset ?? {};
    return this.#columns.filter((column) => column === columnKey(day, physio));
  }

  /** The first and the last that stand, wholly or in part, on the screen or that share of it beside it. */
  #within(share) {
    const { scrollLeft, clientWidth, scrollWidth } = this.host.querySelector(".ec-main");
    const hours = this.host.querySelector(".ec-sidebar").offsetWidth; // they stand before the first column, and stay
    const width = (scrollWidth - hours) / this.#columns.length;
    const from = Math.floor((scrollLeft - share * clientWidth) / width);
    const to = Math.ceil((scrollLeft - hours + (1 + share) * clientWidth) / width) - 1;
    return [Math.max(0, from), Math.min(this.#columns.length - 1, to)];
  }

  #toTheNextBusy([from, to]) {
    while (from > 0 && !this.#busy.has(this.#columns[from])) from -= 1;
    while (to < this.#columns.length - 1 && !this.#busy.has(this.#columns[to])) to += 1;
    return this.#named([from, to]);
  }

  #named([from, to]) {
    return this.#columns.slice(from, to + 1);
  }
}
