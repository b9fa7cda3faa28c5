/* Everything frequent has a key. None of them works while somebody types, and whoever dictates turns the letters off. */

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

const SWITCH = "reception-letters";

/** `does`: one function for each thing a key can ask for. */
export function listenToKeys({ diary, panel, help, does }) {
  const letters = help.querySelector("[data-letters]");
  letters.checked = localStorage.getItem(SWITCH) !== "off";
  letters.addEventListener("change", () => localStorage.setItem(SWITCH, letters.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.key === "Escape") return void (panel.canClose && (event.preventDefault(), panel.close()));
    if (event.target.matches?.(TYPING) || (isArrow(event.key) && event.target.matches?.("[type=radio]"))) return;
    // Held down, a key is pressed once: where the focus has gone meanwhile something else would be done.
    if (event.repeat && (event.key === "Enter" || plain(event.key))) return void event.preventDefault();
    if (panel.typesAhead(event.key)) return void event.preventDefault();
    const box = event.target.closest?.(".ec-event[data-visit]");
    const action = plain(event.key) || (box ? onBox(event.key, box) : onPage(event.key));
    if (!action) return;
    event.preventDefault();
    action();
  });

  const plain = (key) =>
    letters.checked &&
    { n: does.book, "/": does.book, w: does.walkIn, t: does.today, u: does.undo, "?": does.help, c: does.checkIn, m: does.move }[key];

  const onPage = (key) =>
    ({
      ArrowLeft: does.earlier,
      ArrowRight: does.later,
      ArrowDown: () => firstBox()?.focus(),
      ArrowUp: () => firstBox()?.focus(),
    })[key];

  const onBox = (key, box) =>
    ({
      ArrowDown: () => neighbour(box, 1),
      ArrowUp: () => neighbour(box, -1),
      ArrowRight: () => beside(box, 1),
      ArrowLeft: () => beside(box, -1),
    })[key];

  /** The visit that is open, else the first that somebody waits for, else the first. */
  function firstBox() {
    const boxes = diary.boxes();
    return boxes.find((one) => one.matches(".is-open")) ?? boxes.find((one) => one.matches(".s-late, .s-arrived")) ?? inOrder(boxes)[0];
  }

  function neighbour(box, by) {
    const { physio, day } = box.dataset;
    const column = inOrder(diary.boxes().filter((one) => one.dataset.physio === physio && one.dataset.day === day));
    column[column.indexOf(box) + by]?.focus();
  }

  /** The visit nearest in height in the next column that has any, which may not have been drawn yet. */
  function beside(box, by, { isDrawn = false } = {}) {
    if (!isDrawn && !diary.isAround(box)) {
      box.scrollIntoView({ block: "nearest", inline: "nearest" });
      return drawnBeside(box, by);
    }
    const here = box.getBoundingClientRect();
    const others = diary
      .boxes()
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, there]) => (there.left - here.left) * by > here.width / 2);
    const nearest = Math.min(...others.map(([, there]) => Math.abs(there.left - here.left)));
    const column = others.filter(([, there]) => Math.abs(there.left - here.left) < nearest + 8);
    column.sort(([, a], [, b]) => Math.abs(a.top - here.top) - Math.abs(b.top - here.top));
    if (column.length) return column[0][0].focus();
    if (!isDrawn) drawnBeside(box, by);
  }

  function drawnBeside(box, by) {
    diary.drawNear();
    queueMicrotask(() => beside(box, by, { isDrawn: true }));
  }
}

const isArrow = (key) => key.startsWith("Arrow");

const inOrder = (boxes) => [...boxes].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
