/* What stands in the heads and the boxes of the diary.

   Event Calendar asks for all of it again whenever one box changes or is dragged. What says the same is given back
   as the same nodes: then the browser has nothing to lay out, and a thousand visits can be dragged among. */
import { wall } from "./clock.js";
import { contentOf, element, icon, labelOf } from "./visit.js";

export class Boxes {
  #heads = new Map();
  #contents = new Map();

  constructor(settings) {
    this.settings = settings;
  }

  /** A week has room for first names; a day also says the hours, and takes a walk-in. Where nobody works and nobody
      comes, Event Calendar draws a column of nobody. */
  head(column, date, isWeek) {
    if (!column) return { domNodes: [element("b", this.settings.words.nobody)] };
    const place = `${column.slug} ${date}`;
    return kept(this.#heads, place, [isWeek, column], () =>
      isWeek ? [element("b", column.name.split(" ")[0])] : headOfDay(column, this.settings),
    );
  }

  content(event, isBrief) {
    const { visit, word } = event.extendedProps;
    const make = () => (visit ? [contentOf(visit, this.settings, isBrief)] : event.title ? [element("span", event.title)] : []);
    if (event.display === "preview") return { domNodes: make() }; // what is dragged stands there twice
    return kept(this.#contents, event.id, [visit, word, event.title, isBrief], make);
  }

  /** Makes a box a button that says everything about its visit. */
  mounted(visit, el, physio) {
    const day = wall(visit.starts_at).slice(0, 10);
    Object.assign(el.dataset, { visit: visit.id, physio: visit.practitioner, status: visit.status, day });
    el.tabIndex = 0;
    el.setAttribute("role", "button");
    el.title = labelOf(visit, this.settings, physio);
    el.setAttribute("aria-label", el.title);
  }

  forget(id) {
    this.#contents.delete(id);
  }
}

/** `says` are the parts it is made of: plain values, and objects that are others when they say something else. */
function kept(cache, key, says, make) {
  const old = cache.get(key);
  if (old && says.every((part, index) => part === old.says[index])) return old.content;
  const content = { domNodes: make() };
  cache.set(key, { says, content });
  return content;
}

function headOfDay(column, { words, icons, book }) {
  const open = column.open.map((one) => `${hour(one.from)}–${hour(one.to)}`).join(", ");
  const walkIn = element("a", "", "r-walk-in");
  walkIn.href = `${book}?${new URLSearchParams({ practitioner: column.slug, walk_in: "1" })}`;
  walkIn.dataset.panel = "";
  walkIn.title = words.walkInWith.replace("{physio}", column.name);
  walkIn.append(icon("plus", icons), element("span", walkIn.title, "visually-hidden"));
  const line = element("div", "", "r-hours");
  line.append(element("span", open || words.notHere), walkIn);
  return [element("b", column.name), line];
}

const hour = (moment) => moment.slice(11, 16).replace(/^0/, "").replace(":00", "");
