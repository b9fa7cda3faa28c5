/* The strip at the foot of the diary: what has just happened, and for a few minutes the way back. */
import { element } from "./visit.js";

const STAYS = 8000;

export class Said {
  #timer = 0;
  #undo = null;

  constructor(strip, { words, onUndo }) {
    Object.assign(this, { strip, words, onUndo });
  }

  /** Reads what the server put into a fragment, or into the page itself. */
  from(part) {
    const said = part.querySelector("[data-said]");
    if (said) this.show(said.dataset.said, said.dataset);
    said?.remove();
  }

  show(text, { undo = "", sequence = "", seconds = "0" } = {}) {
    clearInterval(this.#timer);
    this.strip.replaceChildren(element("span", text));
    this.strip.hidden = false;
    this.#undo = undo ? () => this.onUndo(undo, sequence) : null;
    if (!undo) {
      this.#timer = setTimeout(() => this.hide(), STAYS);
      return;
    }
    const left = element("span", "", "nums");
    left.setAttribute("aria-hidden", "true");
    const button = element("button", this.words.undo, "btn btn-line");
    button.type = "button";
    button.addEventListener("click", () => this.undo());
    this.strip.append(left, button);
    const ends = Date.now() + Number(seconds) * 1000;
    const tick = () => {
      const rest = Math.round((ends - Date.now()) / 1000);
      if (rest <= 0) return this.hide();
      left.textContent = this.words.tells.replace("{left}", `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`);
    };
    this.#timer = setInterval(tick, 1000);
    tick();
  }

  undo() {
    const undo = this.#undo;
    this.hide();
    undo?.();
  }

  hide() {
    clearInterval(this.#timer);
    this.#undo = null;
    this.strip.hidden = true;
    this.strip.replaceChildren();
  }
}
