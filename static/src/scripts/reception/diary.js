/* The diary itself: Event Calendar with a column for each physio. It draws and reports; it decides nothing. */
import { ahead, minutes, monday, toWall, wall, wallNow } from "./clock.js";
import { emptyDays, hoursOf, placeAt, resourcesOf, shutEvents, visitEvents } from "./events.js";
import { contentOf, element, icon, labelOf, looksOf } from "./visit.js";

const SLOT_MINUTES = 15;
const LEAST_SLOT = 17.5;
const HEAD = 50;
const DRAFT_MINUTES = 45;
/* What an A4 sheet on its side leaves for the day below the date, in CSS pixels: 194 mm less the head. */
const SHEET = 640;
const MOST_ON_PAPER = 0.85;

export class Diary {
  #calendar = null;
  #data = null;
  #draft = null;
  #hours = "";
  #columns = "";
  #drawn = "";
  #day = "";

  /** `reports`: onOpen(id), onEmpty(place), onMove(visit, place), onDrag(isDragging). */
  constructor(host, settings, reports) {
    Object.assign(this, { host, settings, reports });
    addEventListener("resize", () => this.#fit());
  }

  get data() {
    return this.#data;
  }

  visit(id) {
    return this.#data?.visits.find((one) => one.id === id);
  }

  column(slug) {
    return this.#data?.practitioners.find((one) => one.slug === slug);
  }

  show(diary, { view, day, physio }) {
    this.#data = diary;
    const resources = resourcesOf(diary, physio);
    const heads = JSON.stringify([physio, diary.practitioners.map(({ slug, name, open }) => [slug, name, open])]);
    const hours = hoursOf(diary);
    const drawn = {
      datesAboveResources: view === "week",
      view: view === "week" ? "resourceTimeGridWeek" : "resourceTimeGridDay",
      date: view === "week" ? monday(day) : day,
      slotMinTime: hours.from,
      slotMaxTime: hours.to,
      slotHeight: this.#slotHeight(hours),
    };
    const empty = view === "week" ? emptyDays(diary) : [];
    const days = view === "week" ? 7 - (empty.length % 7) : 1;
    drawn.hiddenDays = empty.length < 7 ? empty.map((one) => new Date(`${one}T12:00Z`).getUTCDay()) : [];
    const columns = resources.length * days;
    Object.assign(this.host.dataset, { view, columns });
    drawn.columnWidth = this.#columnWidth(columns);
    this.host.dataset.many = resources.length > 8 || view === "week" ? "yes" : "no";
    if (!this.#calendar) {
      this.host.replaceChildren();
      // Of a week of everybody the chosen day is there at once, the others a moment later.
      const events = this.#events().filter(({ start }) => !this.#isBrief || start.startsWith(day));
      if (this.#isBrief) requestAnimationFrame(() => setTimeout(() => this.#redraw()));
      this.#calendar = EventCalendar.create(this.host, { ...this.#options(), ...drawn, resources, events });
    } else {
      const key = JSON.stringify(drawn);
      if (key !== this.#hours) for (const [name, value] of Object.entries(drawn)) this.#calendar.setOption(name, value);
      if (heads !== this.#columns) this.#calendar.setOption("resources", resources);
      this.#redraw();
    }
    this.#plainRoles();
    this.#hours = JSON.stringify(drawn);
    if (day !== this.#day) this.#showDay(day, diary.from, empty, columns / days);
    this.#day = day;
    this.#columns = heads;
  }

  /** The minutes have moved on: who is late, who waits. */
  tick() {
    if (!this.#data || !this.#calendar) return;
    this.#calendar.setOption("timeZone", ahead());
    this.#redraw();
  }

  /** Draw even what has not changed: a box may stand where it was dropped. */
  insist() {
    this.#drawn = "";
  }

  /** A new visit that is being typed stands on the diary as an outline. */
  draft(place) {
    this.#draft = place;
    this.tick();
  }

  boxes() {
    return [...this.host.querySelectorAll(".ec-event[data-visit]")];
  }

  mark(id) {
    for (const box of this.boxes()) box.classList.toggle("is-open", box.dataset.visit === id);
    this.marked = id;
  }

  refit() {
    this.#fit();
  }

  /** A week of many columns opens where its chosen day begins. */
  #showDay(day, from, empty, perDay) {
    const before = minutes(`${day}T00:00`) - minutes(`${from}T00:00`);
    const shownBefore = before / 1440 - empty.filter((one) => one < day).length;
    requestAnimationFrame(() => {
      const main = this.host.querySelector(".ec-main");
      const head = this.host.querySelector(".ec-day");
      if (main && head) main.scrollLeft = Math.round(shownBefore * perDay * head.getBoundingClientRect().width);
    });
  }

  /** New boxes for what changed, and nothing at all if nothing did; the focus stays on its visit. */
  #redraw() {
    const events = this.#events();
    const words = this.#data.visits.map((visit) => looksOf(visit, this.settings).word);
    const drawn = JSON.stringify([events, words]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = document.activeElement?.closest?.(".ec-event[data-visit]")?.dataset.visit;
    this.#calendar.setOption("events", events);
    if (focused) requestAnimationFrame(() => document.activeElement === document.body && this.focus(focused));
  }

  focus(id) {
    this.boxes().find((box) => box.dataset.visit === id)?.focus({ preventScroll: true });
  }

  /** Visits are buttons that say everything about themselves. A table of times that no screen reader can walk
      would only promise what isn't there. */
  #plainRoles() {
    const roles = ["table", "rowgroup", "row", "cell", "columnheader", "rowheader"].map((role) => `[role=${role}]`);
    requestAnimationFrame(() => {
      for (const part of this.host.querySelectorAll(roles.join())) part.removeAttribute("role");
      for (const part of this.host.querySelectorAll("[aria-colindex], [aria-rowindex], [aria-colcount], [aria-rowcount]")) {
        for (const index of ["colindex", "rowindex", "colcount", "rowcount"]) part.removeAttribute(`aria-${index}`);
      }
    });
  }

  #events() {
    const events = [...shutEvents(this.#data, this.settings), ...visitEvents(this.#data, this.settings)];
    if (this.#draft) {
      const { practitioner, day, time, minutes: length } = this.#draft;
      const end = toWall(minutes(`${day}T${time}`) + length);
      events.push({
        id: "draft",
        resourceIds: [practitioner],
        start: `${day}T${time}`,
        end,
        title: this.settings.words.newVisit,
        classNames: ["s-draft"],
        editable: false,
      });
    }
    return events;
  }

  #options() {
    return {
      headerToolbar: { start: "", center: "", end: "" },
      timeZone: ahead(),
      allDaySlot: false,
      nowIndicator: true,
      pointer: true,
      selectable: true,
      unselectAuto: true,
      editable: true,
      eventDurationEditable: false,
      firstDay: 1,
      locale: document.documentElement.lang,
      slotDuration: "00:15",
      slotLabelInterval: "01:00",
      snapDuration: "00:05",
      slotEventOverlap: false,
      height: "100%",
      scrollTime: wallNow().slice(11),
      longPressDelay: 350,
      slotLabelFormat: (date) => `${date.getHours()}:00`,
      dayHeaderFormat: { weekday: "short", day: "numeric", month: "short" },
      resourceLabelContent: ({ resource, date }) => this.#head(resource, date),
      eventContent: ({ event }) => this.#content(event),
      eventDidMount: ({ event, el }) => this.#mounted(event, el),
      eventClick: ({ event }) => this.visit(event.id) && this.reports.onOpen(event.id),
      dateClick: ({ dateStr, resource }) => this.#empty(dateStr, resource),
      select: ({ startStr, endStr, resource }) => this.#empty(startStr, resource, endStr),
      eventDragStart: () => this.reports.onDrag(true),
      eventDrop: (drop) => this.#dropped(drop),
      eventDragStop: () => this.reports.onDrag(false),
    };
  }

  #head(resource, date) {
    const { column } = resource.extendedProps;
    const { words, icons, book } = this.settings;
    const name = element("b", column.name);
    if (this.host.dataset.view === "week") return { domNodes: [element("b", column.name.split(" ")[0])] };
    const open = column.open.map((one) => `${hour(one.from)}–${hour(one.to)}`).join(", ");
    const hours = element("span", open || words.notHere);
    const walkIn = element("a", "", "r-walk-in");
    walkIn.href = `${book}?${new URLSearchParams({ practitioner: column.slug, walk_in: "1" })}`;
    walkIn.dataset.panel = "";
    walkIn.dataset.walkIn = column.slug;
    walkIn.title = words.walkInWith.replace("{physio}", column.name);
    walkIn.append(icon("plus", icons), element("span", walkIn.title, "visually-hidden"));
    const line = element("div", "", "r-hours");
    line.append(hours, walkIn);
    return { domNodes: [name, line] };
  }

  #content(event) {
    const { visit } = event.extendedProps;
    if (visit) return { domNodes: [contentOf(visit, this.settings, this.#isBrief)] };
    if (!event.title) return { domNodes: [] };
    return { domNodes: [element("span", event.title)] };
  }

  #mounted(event, el) {
    const { visit } = event.extendedProps;
    if (!visit) return;
    el.dataset.visit = visit.id;
    el.dataset.physio = visit.practitioner;
    el.dataset.status = visit.status;
    el.tabIndex = 0;
    el.setAttribute("role", "button");
    const label = labelOf(visit, this.settings, this.column(visit.practitioner)?.name ?? "");
    el.title = label;
    el.setAttribute("aria-label", label);
    el.classList.toggle("is-open", visit.id === this.marked);
  }

  /** A week of everybody has room for names only; what else there is stands in the panel. */
  get #isBrief() {
    return this.host.dataset.view === "week" && Number(this.host.dataset.columns) > 14;
  }

  #empty(start, resource, end) {
    if (!resource) return;
    const from = end ? start.slice(0, 16) : this.#quarter(start.slice(0, 16), resource.id);
    const drawn = end ? minutes(end.slice(0, 16)) - minutes(from) : 0;
    const next = this.#visitsOf(resource.id).map((visit) => wall(visit.starts_at)).filter((at) => at > from).sort()[0];
    const gap = next ? minutes(next) - minutes(from) : DRAFT_MINUTES;
    this.reports.onEmpty({
      practitioner: resource.id,
      location: placeAt(resource.extendedProps.column, from),
      day: from.slice(0, 10),
      time: from.slice(11),
      minutes: drawn > SLOT_MINUTES ? drawn : Math.min(DRAFT_MINUTES, gap),
    });
  }

  #visitsOf(practitioner) {
    return this.#data.visits.filter((visit) => visit.practitioner === practitioner);
  }

  /** A press means the quarter it falls into, or the end of the visit that reaches into that quarter. */
  #quarter(pressed, practitioner) {
    const quarter = toWall(Math.floor(minutes(pressed) / SLOT_MINUTES) * SLOT_MINUTES);
    const ends = this.#visitsOf(practitioner).map((visit) => wall(visit.ends_at));
    return ends.filter((end) => end > quarter && end <= pressed).sort().at(-1) ?? quarter;
  }

  #dropped({ event, oldResource, newResource }) {
    const visit = this.visit(event.id);
    const practitioner = (newResource ?? oldResource)?.id ?? event.resourceIds[0];
    const start = local(event.start);
    const column = this.column(practitioner);
    const location = placeAt(column, start) || visit.location;
    this.reports.onMove(visit, { practitioner, location, day: start.slice(0, 10), time: start.slice(11) });
  }

  /** Fills the screen, and says by how much a sheet of paper has to shrink what fills the screen. */
  #slotHeight({ from, to }) {
    const slots = ((Number(to.slice(0, 2)) - Number(from.slice(0, 2))) * 60) / SLOT_MINUTES;
    const height = Math.max(LEAST_SLOT, Math.floor((10 * (this.host.clientHeight - HEAD)) / slots) / 10);
    this.host.style.setProperty("--on-paper", Math.min(MOST_ON_PAPER, SHEET / (slots * height + HEAD)));
    return height;
  }

  #columnWidth(columns) {
    const room = this.host.clientWidth - 60;
    const least = this.host.dataset.view === "week" && columns > 7 ? 92 : innerWidth < 768 ? 132 : 84;
    return room / columns >= least ? undefined : `${least}px`;
  }

  #fit() {
    if (!this.#calendar) return;
    const hours = hoursOf(this.#data);
    this.#calendar.setOption("slotHeight", this.#slotHeight(hours));
    const columns = this.host.dataset.columns;
    this.#calendar.setOption("columnWidth", this.#columnWidth(Number(columns)));
  }
}

const hour = (moment) => moment.slice(11, 16).replace(/^0/, "").replace(":00", "");
const pad = (number) => String(number).padStart(2, "0");
const local = (date) =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
