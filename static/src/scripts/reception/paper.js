/* A week of everybody on paper. What is scrolled sideways on the screen would be cut off: each day has a sheet. */

export class Paper {
  #sheets = null;

  /** `draw` draws what `sight` shows, at once. */
  constructor(host, sight, draw) {
    Object.assign(this, { host, sight, draw });
    addEventListener("beforeprint", () => this.#lay());
    addEventListener("afterprint", () => this.#clear());
  }

  /** All is drawn first: the browser takes its picture when what is queued here is done. */
  #lay() {
    if (!this.sight.isWide) return;
    this.#sheets?.remove();
    this.sight.everything();
    this.draw();
    queueMicrotask(() => {
      this.#sheets = sheetsOf(this.host);
      this.host.before(this.#sheets);
    });
  }

  #clear() {
    this.#sheets?.remove();
    this.#sheets = null;
    this.sight.look();
  }
}

function sheetsOf(host) {
  const sheets = copyOf(host);
  sheets.removeAttribute("id");
  sheets.classList.add("r-paper");
  const calendar = host.querySelector(".ec");
  const days = host.querySelectorAll(".ec-col-group").length;
  const columns = host.querySelectorAll(".ec-day").length / days;
  for (let day = 0; day < days; day += 1) sheets.append(sheetOf(calendar, day, columns));
  return sheets;
}

function sheetOf(calendar, day, columns) {
  const main = calendar.querySelector(".ec-main");
  const [header, body] = [main.querySelector(".ec-header"), main.querySelector(".ec-body")];
  const ofDay = (parts) => [...parts].slice(day * columns, (day + 1) * columns);
  const heads = [header.querySelectorAll(".ec-col-group")[day], ...ofDay(header.querySelectorAll(".ec-col-head"))];
  const sheet = copyOf(main, [
    copyOf(header, [copyOf(header.querySelector(".ec-sidebar")), copyOf(header.querySelector(".ec-grid"), heads.map(whole))]),
    copyOf(body, [
      whole(body.querySelector(".ec-sidebar")),
      copyOf(body.querySelector(".ec-grid"), ofDay(body.querySelectorAll(".ec-day")).map(whole)),
      copyOf(body.querySelector(".ec-events"), boxesOf(body, day * columns, columns)),
    ]),
  ]);
  sheet.style.setProperty("--ec-grid-cols", columns);
  return copyOf(calendar, [sheet]);
}

/** Those of the columns after `before`, counted from one again. */
function boxesOf(body, before, columns) {
  const placed = [...body.querySelectorAll(".ec-events > *")].map((box) => [box, Number(box.style.gridColumn) - before]);
  return placed
    .filter(([, column]) => 0 < column && column <= columns)
    .map(([box, column]) => {
      const copy = whole(box);
      copy.style.gridColumn = column;
      return copy;
    });
}

const whole = (node) => node.cloneNode(true);

function copyOf(node, parts = []) {
  const copy = node.cloneNode(false);
  copy.append(...parts);
  return copy;
}
