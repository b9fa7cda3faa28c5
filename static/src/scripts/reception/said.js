/* The strip at the foot of the diary: what has just happened, and for a few minutes the way back. Empty it is still
   there, out of sight: a region that comes together with its words is not heard. */
import { element } from "./visit.js";

const STAYS = 8000;

export class Said {
  #timer = 0;
  #offer = null;
  #asked = null;

  constructor(strip, { words, onUndo }) {
    Object.assign(this, { strip, words, onUndo });
  }

  /** Reads what the server put into a fragment, or into the page itself. */
  from(part) {
    const said = part.querySelector("[data-said]");
    if (said) this.show(said.dataset.said, said.dataset);
    said?.remove();
  }

  /** With `untold`, nobody hears of it when the time to undo it is over. */
  show(text, { undo = "", sequence = "", seconds = "0", untold } = {}) {
    this.#asked = null;
    const words = untold === undefined ? this.words.tells : this.words.undoable;
    this.#say(text, undo ? { undo, sequence, words, ends: Date.now() + Number(seconds) * 1000 } : null);
  }

  /** Nothing came of what was asked. If that was to take something back, it can be asked again. */
  failed(text) {
    const offer = this.#offer ?? this.#asked;
    this.#say(text, offer && Date.now() < offer.ends ? offer : null);
  }

  undo() {
    const offer = this.#offer;
    this.hide();
    this.#asked = offer;
    if (offer) this.onUndo(offer.undo, offer.sequence);
  }

  #say(text, offer) {
    clearInterval(this.#timer);
    this.strip.replaceChildren(element("span", text));
    this.#offer = offer;
    if (!offer) {
      this.#timer = setTimeout(() => this.hide(), STAYS);
      return;
    }
    const left = element("span", "", "nums");
    left.setAttribute("aria-hidden", "true");
    const button = element("button", this.words.undo, "btn btn-line");
    button.type = "button";
    button.addEventListener("click", () => this.undo());
    this.strip.append(left, button);
    const tick = () => {
      const rest = Math.round((offer.ends - Date.now()) / 1000);
      if (rest <= 0) return this.hide();
      left.textContent = offer.words.replace("{left}", `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`);
    };
    this.#timer = setInterval(tick, 1000);
    tick();
  }

  hide() {
    clearInterval(this.#timer);
    this.#offer = null;
    this.strip.replaceChildren();
  }
}
