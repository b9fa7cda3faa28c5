/* What stands on the calendar, so that little has to change when something does: of a thousand visits one was moved. */
import { isSame } from "./known.js";

/* Above this many, boxes are quicker made anew than changed one by one. */
const A_FEW = 200;
/* As many come and go at a time while somebody scrolls, and under a hand that drags: more would be felt. */
const SCROLLING = 60;
const DRAGGING = 25;

export class Drawn {
  #events = new Map();
  #dropped = new Set();

  /** `onGone(id)` hears of what is not there any more. */
  constructor(calendar, onGone) {
    Object.assign(this, { calendar, onGone });
  }

  /** New boxes for what changed and for nothing else. */
  show(events) {
    const now = byId(events);
    const gone = this.#gone(now);
    const changed = events.filter((event) => !isSame(event, this.#events.get(event.id)));
    if (gone.length + changed.length > A_FEW) {
      this.calendar.setOption("events", events);
      for (const id of gone) this.onGone(id);
      this.#events = now;
    } else {
      gone.forEach((id) => this.#remove(id));
      changed.forEach((event) => this.#put(event));
    }
  }

  /** What stands here stays as it is; some of what is missing comes, and when all is there, some of what was left behind
      goes. Says whether there is more to do. */
  step(events, dragged) {
    const most = dragged ? DRAGGING : SCROLLING;
    const missing = events.filter(({ id }) => !this.#events.has(id));
    const gone = this.#gone(byId(events)).filter((id) => id !== dragged);
    missing.slice(0, most).forEach((event) => this.#put(event));
    gone.slice(0, Math.max(0, most - missing.length)).forEach((id) => this.#remove(id));
    return missing.length + gone.length > most;
  }

  /** Its box stands where it was dropped, until insist(). */
  dropped(id) {
    this.#dropped.add(id);
  }

  /** What was dropped is drawn again where it is, even if nothing changed. */
  insist() {
    for (const id of this.#dropped) if (this.#events.has(id)) this.#events.set(id, null);
    this.#dropped.clear();
  }

  #gone(now) {
    return [...this.#events.keys()].filter((id) => !now.has(id) && !this.#dropped.has(id));
  }

  #put(event) {
    if (this.#events.has(event.id)) this.calendar.updateEvent(event);
    else this.calendar.addEvent(event);
    this.#events.set(event.id, event);
  }

  #remove(id) {
    this.calendar.removeEventById(id);
    this.#events.delete(id);
    this.onGone(id);
  }
}

const byId = (events) => new Map(events.map((event) => [event.id, event]));
