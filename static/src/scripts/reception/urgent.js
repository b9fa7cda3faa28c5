/* The most urgent things at the top. They are renewed in place, so that no focus and no press is lost; who has come
   among them is said, and the minutes are not. */
import { announce } from "./announce.js";

export class Urgent {
  #known;

  constructor(host, url) {
    Object.assign(this, { host, url });
    this.#known = this.#names();
    document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => ctx?.target === host && this.#sayWhoIsNew());
  }

  refresh() {
    htmx.ajax("GET", this.url, { target: this.host, swap: "innerMorph", source: this.host });
  }

  #sayWhoIsNew() {
    const names = this.#names();
    const come = [...names].filter(([id]) => !this.#known.has(id)).map(([, words]) => words);
    this.#known = names;
    if (come.length) announce(come.join(". "));
  }

  #names() {
    return new Map([...this.host.querySelectorAll(".o-next[id]")].map((one) => [one.id, one.querySelector("b").textContent]));
  }
}
