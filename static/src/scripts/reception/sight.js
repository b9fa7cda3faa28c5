/* Which days of a week of everybody are drawn: those in sight, and those that a short scroll brings into sight.

   Event Calendar works through every box there is whenever one changes. A week of twelve physios has a thousand. */

const BESIDE = 0.5; // of a screen, to either side
const CALM = 150; // milliseconds without scrolling

export class Sight {
  #days = null;
  #near = null;
  #timer = 0;
  #isStill = true;

  constructor(host, onChange) {
    Object.assign(this, { host, onChange });
    host.addEventListener("scroll", () => this.#scrolled(), { capture: true, passive: true });
    addEventListener("beforeprint", () => this.#days && this.#change(this.#days)); // paper does not scroll
    addEventListener("afterprint", () => this.look());
  }

  shows(day) {
    return !this.#near || this.#near.has(day);
  }

  /** So few columns that all can stand there. */
  all() {
    this.#days = this.#near = null;
  }

  /** At first one day of these, until the first look() brings what is beside it. Whoever has scrolled on stays there. */
  only(day, days) {
    if (this.#days?.join() === days.join()) return;
    this.#days = days;
    this.#near = new Set([day]);
    this.#isStill = true;
  }

  /** See again what is near, after a scroll, or when columns have another width. */
  look() {
    clearTimeout(this.#timer);
    this.#isStill = false;
    if (this.#days) this.#change([...this.#within(BESIDE), ...this.#focused()]);
  }

  #change(days) {
    const near = new Set(days);
    if (near.size === this.#near.size && days.every((day) => this.#near.has(day))) return;
    this.#near = near;
    this.onChange();
  }

  #scrolled() {
    if (!this.#days || this.#isStill) return;
    clearTimeout(this.#timer);
    if (this.#within(0).every((day) => this.#near.has(day))) this.#timer = setTimeout(() => this.look(), CALM);
    else this.look();
  }

  /** Nobody loses the box they are on. */
  #focused() {
    const day = this.host.querySelector(".ec-event:focus")?.dataset.day;
    return this.#days.includes(day) ? [day] : [];
  }

  #within(share) {
    const { scrollLeft, clientWidth, scrollWidth } = this.host.querySelector(".ec-main");
    const width = scrollWidth / this.#days.length;
    const [from, to] = [scrollLeft - share * clientWidth, scrollLeft + (1 + share) * clientWidth];
    return this.#days.filter((day, index) => (index + 1) * width > from && index * width < to);
  }
}
