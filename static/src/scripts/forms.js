/* A form is sent once, and a form that came back with errors says so where the reader is. */

const WAIT = 10_000;

/** A second press while the first is on its way does nothing. For a form that leaves the page nobody says when that is
    over: after ten seconds a press may be meant. It listens before htmx, which would send the second after the first. */
export function sendOnce() {
  const refuseSecond = (event) => {
    const form = event.target;
    if (form.getAttribute("method") !== "post") return; // form.method may be a field of that name
    const wait = form.hasAttribute("hx-post") ? Infinity : WAIT;
    if (form.dataset.sentAt && Date.now() - Number(form.dataset.sentAt) < wait) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sentAt = String(Date.now());
  };
  document.addEventListener("submit", refuseSecond, { capture: true });
  document.addEventListener("htmx:finally:request", (event) => {
    event.target.closest?.("form")?.removeAttribute("data-sent-at");
  });
}

/** A page brought back by the Back button may show a time that has gone: ask again. */
export function forgetOldPages() {
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (document.querySelector("[data-hold], [data-fresh]")) location.reload();
    document.querySelectorAll("form[data-sent-at]").forEach((form) => form.removeAttribute("data-sent-at"));
  });
}

export function showErrors(summary) {
  summary.focus();
}
