/* What the diary shows, asked again every three seconds. Unchanged, it costs the server one small query (304).

   Nothing is kept open and nothing is kept in a cache, so a restart of the site is one failed question. */

const EVERY = 3000;
const GIVE_UP = 8000;

export class Feed {
  #url = "";
  #tag = "";
  #timer = 0;
  #asking = null;
  #held = 0;

  constructor({ onDiary, onAway, onBack }) {
    Object.assign(this, { onDiary, onAway, onBack });
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
  }

  /** Another question: other days, another place. */
  look(url) {
    this.#url = url;
    this.#tag = "";
    return this.ask();
  }

  /** While somebody drags, nothing is redrawn under their hand. */
  hold() {
    this.#held += 1;
    this.#asking?.abort();
  }

  release() {
    this.#held = Math.max(0, this.#held - 1);
    return this.ask();
  }

  /** Draw again even if nothing changed: what is on the screen may have been dragged. */
  insist() {
    this.#tag = "";
    return this.ask();
  }

  async ask() {
    clearTimeout(this.#timer);
    if (this.#held) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const giveUp = setTimeout(() => asking.abort("slow"), GIVE_UP);
    try {
      const headers = this.#tag ? { "If-None-Match": this.#tag } : {};
      // The first question may have been asked by the page's own preload; the later ones are never cached.
      const answer = await fetch(this.#url, { headers, credentials: "include", signal: asking.signal });
      if (answer.status === 401 || answer.status === 403) return location.reload();
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      if (answer.status === 200) {
        const diary = await answer.json();
        if (this.#held || asking !== this.#asking) return;
        this.#tag = answer.headers.get("ETag");
        this.onDiary(diary);
      }
      this.onBack();
    } catch (error) {
      if (asking === this.#asking && (asking.signal.reason === "slow" || error.name !== "AbortError")) this.onAway();
    } finally {
      clearTimeout(giveUp);
      if (asking === this.#asking && !this.#held) this.#timer = setTimeout(() => this.ask(), EVERY);
    }
  }
}
