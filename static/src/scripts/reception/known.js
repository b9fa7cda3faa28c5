/* What a new answer says again stays the object it was: then `===` tells what has changed. */

export class Known {
  #things = new Map();

  diary(diary) {
    const things = new Map();
    const keep = (key) => (thing) => this.#keep(things, thing[key], thing);
    const kept = { ...diary, practitioners: diary.practitioners.map(keep("slug")), visits: diary.visits.map(keep("id")) };
    this.#things = things;
    return kept;
  }

  #keep(things, key, thing) {
    const text = JSON.stringify(thing);
    const old = this.#things.get(key);
    things.set(key, old?.text === text ? old : { text, thing });
    return things.get(key).thing;
  }
}

/** Whether a box would show the same. `old` may be missing. */
export const isSame = (event, old) =>
  Boolean(old) &&
  ["start", "end", "title"].every((name) => event[name] === old[name]) &&
  event.resourceIds[0] === old.resourceIds[0] &&
  ["visit", "word"].every((name) => event.extendedProps?.[name] === old.extendedProps?.[name]);
