/* The panel beside the diary: fragments from the server, with the focus where the hand goes next. */

export class Panel {
  #returnTo = null;
  #inList = false;
  #isComing = false;
  #typedAhead = null;
  #posting = Promise.resolve();

  /** `search`: the address that brings the search. `onClose()`, `onShown(panel)`, `onPosted()`; `onFailed()`: what
      somebody did or asked for got no good answer; `onGone()`: it is not there any more. */
  constructor(aside, { search, onClose, onShown, onPosted, onFailed, onGone }) {
    Object.assign(this, { aside, search, onClose, onShown, onPosted, onFailed, onGone });
    document.addEventListener("click", (event) => this.#clicked(event));
    document.addEventListener("submit", (event) => this.#searched(event));
    document.addEventListener("keydown", (event) => this.#arrows(event));
    document.addEventListener("htmx:after:swap", (event) => {
      const { target, swap } = event.detail.ctx ?? {};
      if (swap === "none") return;
      if (target === aside) this.#shown();
      else if (target?.id === "found") this.#listed();
      else if (target?.matches?.("[data-week]")) this.#triedAgain();
      else if (aside.contains(target)) this.onShown(aside);
    });
    document.addEventListener("htmx:after:request", (event) => {
      if (event.detail.ctx.request.method === "POST") this.onPosted();
    });
    document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => this.#comesFrom(ctx));
    document.addEventListener("htmx:error", (event) => this.#failed(event.detail.ctx));
    document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => this.#refused(ctx));
  }

  get isOpen() {
    return !this.aside.hidden;
  }

  /** There is something to close: what is shown, or what has been asked for. */
  get canClose() {
    return this.isOpen || this.#isComing;
  }

  open(url) {
    this.#isComing = true;
    this.#typedAhead = new URL(url, location.href).pathname === this.search ? "" : null;
    return htmx.ajax("GET", url, { target: "#panel", swap: "innerHTML", source: this.aside }).finally(() => {
      this.#isComing = false;
      this.#typedAhead = null;
    });
  }

  /** Letters typed before the panel is there go into its search, and are no shortcuts. True if it took the key. */
  typesAhead(key) {
    if (this.#typedAhead === null || key.length !== 1) return false;
    this.#typedAhead += key;
    return true;
  }

  /** One after the other: of what is asked of one element while an answer is awaited, htmx keeps the first and drops the
      rest without a word. What was only to be looked at gives way, or it would cover this answer. */
  post(url, values) {
    const send = () => {
      htmx.trigger(this.aside, "htmx:abort");
      return htmx.ajax("POST", url, { target: "#panel", swap: "innerHTML", source: "#desk-token", values });
    };
    return (this.#posting = this.#posting.then(send, send));
  }

  close() {
    htmx.trigger(this.aside, "htmx:abort");
    if (!this.isOpen) return;
    this.aside.hidden = true;
    this.aside.replaceChildren();
    this.onClose();
    const visit = this.#returnTo?.dataset?.visit;
    const again = visit && document.querySelector(`.ec-event[data-visit="${visit}"]`);
    const back = again || (this.#returnTo?.isConnected ? this.#returnTo : document.querySelector("#diary"));
    back.focus({ preventScroll: true });
  }

  /** Whatever opens the panel, closing it leads back there. */
  #comesFrom(ctx) {
    if (ctx.target === this.aside && !this.isOpen) this.#returnTo = document.activeElement;
  }

  /** Whoever is not let in any more has signed out elsewhere: the page goes to where they sign in. */
  #refused(ctx) {
    const { status } = ctx.response;
    if (status === 403) location.reload();
    else if (status === 404) this.onGone();
    else if (status >= 500) this.#failed(ctx);
  }

  /** What the page asks by itself, every few seconds, nobody waits for. */
  #failed(ctx) {
    if (ctx && ctx.target?.id !== "urgent") this.onFailed();
  }

  #shown() {
    const wasHidden = this.aside.hidden;
    this.aside.hidden = false;
    this.aside.scrollTop = 0;
    const wanted = "[autofocus], [data-errors], [aria-invalid=true], .r-clash .btn-ink, .r-soonest .btn, [data-go-on], [data-heading]";
    const first = wanted.split(", ").map((selector) => this.aside.querySelector(selector)).find(Boolean);
    first?.focus({ preventScroll: !matchMedia("(max-width: 1199px)").matches });
    if (first?.matches("input[type=search]")) {
      first.value += this.#typedAhead ?? "";
      first.setSelectionRange(first.value.length, first.value.length);
      if (this.#typedAhead) first.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.#typedAhead = null;
    this.onShown(this.aside, wasHidden);
  }

  /** One week of a series: the sum above the list goes with it. */
  #triedAgain() {
    const [week, sum] = [this.aside.querySelector("[data-again]"), this.aside.querySelector("[data-booked]")];
    const weeks = [...this.aside.querySelectorAll("[data-week]")];
    const booked = weeks.filter((one) => one.dataset.week !== "open").length;
    sum.textContent = sum.dataset.booked.replace("{booked}", booked).replace("{weeks}", weeks.length);
    week?.querySelector(".btn-ink, a, button")?.focus();
    week?.removeAttribute("data-again");
    this.onShown(this.aside);
  }

  #clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-panel], a[data-close]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-close]")) this.close();
    else this.open(link.href);
  }

  /** Enter in the search takes the first of the list, once the list is the one of what was typed. */
  #searched(event) {
    if (!event.target.matches("[data-search]")) return;
    event.preventDefault();
    const field = event.target.querySelector("input[name=q]");
    if (field.value.trim().length < 3) return;
    const values = Object.fromEntries(new FormData(event.target));
    htmx.ajax("GET", field.getAttribute("hx-get"), { target: "#found", source: event.target, values }).then(() => {
      const found = this.aside.querySelector("[data-found]");
      if (found?.dataset.found === field.value.trim()) found.querySelector(".r-pick").click();
    });
  }

  /** The list was renewed under a marked line: the mark stays on the first. */
  #listed() {
    if (this.#inList && document.activeElement === document.body) this.aside.querySelector("[data-found] .r-pick")?.focus();
  }

  #arrows(event) {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const list = this.aside.querySelector("[data-found]");
    const inSearch = event.target.matches?.("#who");
    if (!list || !(inSearch || list.contains(event.target))) return;
    event.preventDefault();
    const stops = [...list.querySelectorAll(".r-pick")];
    const at = stops.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    this.#inList = at >= 0;
    (stops[at] ?? (at < 0 ? this.aside.querySelector("#who") : stops.at(-1)))?.focus();
  }
}
