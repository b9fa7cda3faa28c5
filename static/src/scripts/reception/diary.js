/* The diary itself: Event Calendar with a column for each physio. It draws and reports; it decides nothing. */
import { Boxes } from "./boxes.js";
import { ahead, anHourAgo, daysFrom, local, monday, wall, weekday } from "./clock.js";
import { Drawn } from "./drawn.js";
import { draftEvent, emptyDays, hoursOf, placeAt, resourcesOf, shutEvents, visitEvents } from "./events.js";
import { columnWidth, onPaper, roomOf, slotHeight } from "./fit.js";
import { Known } from "./known.js";
import { Paper } from "./paper.js";
import { plainRoles } from "./roles.js";
import { columnKey, Sight } from "./sight.js";
import { spotOf } from "./spot.js";

export class Diary {
  #calendar = null;
  #data = null;
  #known = new Known();
  #draft = null;
  #options = "";
  #columns = "";
  #drawn = null;
  #chosen = "";
  #dragged = "";
  #stepping = 0;
  #hasMore = false;
  #isBrief = false;

  /** `reports`: onOpen(id), onEmpty(place), onMove(visit, place), onDrag(isDragging). */
  constructor(host, settings, reports) {
    Object.assign(this, { host, settings, reports, inside: new Boxes(settings) });
    this.sight = new Sight(host, () => this.#stepSoon());
    this.paper = new Paper(host, this.sight, () => this.#redraw());
    addEventListener("resize", () => this.refit());
    addEventListener("pointercancel", () => this.#cancelled());
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

  show(diary, shown) {
    this.#data = this.#known.diary(diary);
    const { day, physio } = shown;
    const resources = resourcesOf(this.#data, physio);
    const empty = shown.view === "week" ? emptyDays(diary) : [];
    const options = this.#optionsOf(shown, resources.length, empty);
    const days = daysFrom(diary.from).filter((one) => !empty.includes(one));
    const chosen = days.includes(day) ? day : days.at(-1);
    const isWide = this.#isBrief && days.length > 1;
    if (isWide) this.#draws(days, chosen, resources);
    else this.sight.all();
    if (!this.#calendar && isWide) {
      // Of a week of everybody the chosen day is there at once, and when it has been seen, the other columns.
      const later = days.filter((one) => one !== chosen);
      this.#create({ ...options, hiddenDays: [...empty, ...later].map(weekday) }, resources);
      afterTwoFrames(() => this.show(this.#data, shown));
    } else {
      if (this.#calendar) this.#change(options, resources);
      else this.#create(options, resources);
      const isAnother = `${shown.view} ${day}` !== this.#chosen;
      this.#chosen = `${shown.view} ${day}`;
      requestAnimationFrame(() => {
        if (isAnother) this.sight.scrollTo(days.indexOf(chosen) * resources.length);
        this.sight.look();
      });
    }
    plainRoles(this.host);
  }

  /** At first the columns of the chosen day. */
  #draws(days, chosen, resources) {
    const columnsOf = (day) => resources.map(({ id }) => columnKey(day, id));
    const busy = new Set(this.#data.visits.map(({ starts_at, practitioner }) => columnKey(wall(starts_at).slice(0, 10), practitioner)));
    this.sight.only(columnsOf(chosen), days.flatMap(columnsOf), busy);
  }

  #optionsOf({ view, day }, physios, empty) {
    const isWeek = view === "week";
    const columns = physios * (isWeek ? 7 - (empty.length % 7) : 1);
    const hours = hoursOf(this.#data);
    const room = roomOf(this.host);
    const slot = slotHeight(room, hours);
    Object.assign(this.host.dataset, { view, columns, many: physios > 8 || isWeek ? "yes" : "no" });
    this.host.style.setProperty("--on-paper", onPaper(slot, hours));
    // A week of everybody has room for names only; what else there is stands in the panel.
    this.#isBrief = isWeek && columns > 14;
    return {
      datesAboveResources: isWeek,
      view: isWeek ? "resourceTimeGridWeek" : "resourceTimeGridDay",
      date: isWeek ? monday(day) : day,
      slotMinTime: hours.from,
      slotMaxTime: hours.to,
      slotHeight: slot,
      hiddenDays: empty.length < 7 ? empty.map(weekday) : [],
      columnWidth: columnWidth(room, columns, view),
    };
  }

  #change(options, resources) {
    const [asked, columns] = [JSON.stringify(options), JSON.stringify(resources)];
    if (asked !== this.#options) for (const [name, value] of Object.entries(options)) this.#calendar.setOption(name, value);
    if (columns !== this.#columns) this.#calendar.setOption("resources", resources);
    this.#options = asked;
    this.#columns = columns;
    this.#redraw();
  }

  #create(options, resources) {
    this.host.replaceChildren();
    // Boxes drawn together with the calendar would all be made twice: only when it stands can they be dragged.
    this.#calendar = EventCalendar.create(this.host, { ...this.#always(), ...options, resources, events: [] });
    this.#drawn = new Drawn(this.#calendar, (id) => this.inside.forget(id));
    this.#options = JSON.stringify(options);
    this.#columns = JSON.stringify(resources);
    queueMicrotask(() => this.#redraw());
  }

  /** The minutes have moved on: who is late, who waits. */
  tick() {
    if (!this.#data || !this.#calendar) return;
    if (this.#calendar.getOption("timeZone") !== ahead()) this.#calendar.setOption("timeZone", ahead());
    this.#redraw();
  }

  /** Draw what was dragged even if nothing changed. */
  insist() {
    this.#drawn?.insist();
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

  /** The screen has another size, or the panel takes or gives room. */
  refit() {
    if (!this.#calendar) return;
    const { view, columns } = this.host.dataset;
    const [room, hours] = [roomOf(this.host), hoursOf(this.#data)];
    const slot = slotHeight(room, hours);
    this.host.style.setProperty("--on-paper", onPaper(slot, hours));
    this.#calendar.setOption("slotHeight", slot);
    this.#calendar.setOption("columnWidth", columnWidth(room, Number(columns), view));
    requestAnimationFrame(() => this.sight.look());
  }

  /** What is near after a scroll, without waiting for it to come by and by. */
  drawNear() {
    this.sight.look();
    this.#redraw();
  }

  /** Whether the boxes beside this one are all drawn. */
  isAround(box) {
    return !this.#hasMore && this.sight.covers(box);
  }

  #redraw() {
    if (this.#dragged) return this.#stepSoon();
    this.#hasMore = false;
    this.#keepingFocus(() => this.#drawn.show(this.#events()));
  }

  /** Somebody scrolls or drags: columns they come to are there, those left far behind go. A little at a time, and never
      in the frame that scrolls, which has enough to do. */
  #stepSoon() {
    this.#hasMore = true;
    clearTimeout(this.#stepping);
    this.#stepping = setTimeout(() => {
      this.#keepingFocus(() => {
        this.#hasMore = this.#drawn.step(this.#events(), this.#dragged);
        if (this.#hasMore) afterTwoFrames(() => this.#stepSoon());
      });
    });
  }

  /** On the same visit at once, so that the next key finds it, and when the frame is drawn: a box that changes place
      loses the focus. */
  #keepingFocus(act) {
    const focused = document.activeElement?.closest?.(".ec-event[data-visit]")?.dataset.visit;
    act();
    if (!focused) return;
    const again = () => document.activeElement === document.body && this.focus(focused);
    queueMicrotask(again);
    requestAnimationFrame(again);
  }

  focus(id) {
    this.boxes().find((box) => box.dataset.visit === id)?.focus({ preventScroll: true });
  }

  #events() {
    const all = [...shutEvents(this.#data, this.settings), ...visitEvents(this.#data, this.settings)];
    const events = all.filter(({ start, resourceIds: [physio] }) => this.sight.shows(start.slice(0, 10), physio));
    if (this.#draft) events.push(draftEvent(this.#draft, this.settings.words.newVisit));
    return events;
  }

  #always() {
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
      scrollTime: anHourAgo(), // so the visits that are running stay in sight
      longPressDelay: 350,
      theme: (classes) => ({ ...classes, dragging: "is-dragging" }), // its own class restyles every box there is
      eventTimeFormat: () => "", // the boxes say no times
      slotLabelFormat: (date) => `${date.getHours()}:00`,
      dayHeaderFormat: { weekday: "short", day: "numeric", month: "short" },
      resourceLabelContent: ({ resource, date }) => this.inside.head(resource.extendedProps.column, date, this.#isWeek),
      eventContent: ({ event }) => this.inside.content(event, this.#isBrief),
      eventDidMount: ({ event, el }) => this.#mounted(event, el),
      eventClick: ({ event }) => this.visit(event.id) && this.reports.onOpen(event.id),
      dateClick: ({ dateStr, resource }) => this.#empty(dateStr, resource),
      select: ({ startStr, endStr, resource }) => this.#empty(startStr, resource, endStr),
      eventDragStart: ({ event }) => this.#dragging(event.id),
      eventDrop: (drop) => this.#dropped(drop),
      eventDragStop: () => this.#dragging(""),
    };
  }

  #mounted({ extendedProps: { visit } }, el) {
    if (!visit) return;
    this.inside.mounted(visit, el, this.column(visit.practitioner)?.name ?? "");
    el.classList.toggle("is-open", visit.id === this.marked);
  }

  get #isWeek() {
    return this.host.dataset.view === "week";
  }

  #empty(start, resource, end) {
    if (!resource?.extendedProps.column) return;
    const visits = this.#data.visits.filter((visit) => visit.practitioner === resource.id);
    this.reports.onEmpty(spotOf({ start, end, column: resource.extendedProps.column, visits }));
  }

  #dragging(id) {
    this.#dragged = id;
    this.reports.onDrag(Boolean(id));
  }

  /** The tablet took the finger for something else: Event Calendar says nothing of it. */
  #cancelled() {
    if (!this.#dragged) return;
    this.#drawn.dropped(this.#dragged);
    this.#dragging("");
    this.insist();
    this.#redraw();
  }

  #dropped({ event, oldResource, newResource }) {
    const visit = this.visit(event.id);
    this.#drawn.dropped(visit.id);
    const practitioner = (newResource ?? oldResource)?.id ?? event.resourceIds[0];
    const start = local(event.start);
    const column = this.column(practitioner);
    const location = placeAt(column, start) || visit.location;
    this.reports.onMove(visit, { practitioner, location, day: start.slice(0, 10), time: start.slice(11) });
  }
}

const afterTwoFrames = (draw) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(draw)));
