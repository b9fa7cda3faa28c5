/* A form is sent once, and a form that came back with errors says so where the reader is. */

const WAIT = 10_000;

/** A second press within ten seconds does nothing; after that it may be meant. */
export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (Date.now() - Number(form.dataset.sentAt || 0) < WAIT) {
      event.preventDefault();
      return;
    }
    form.dataset.sentAt = String(Date.now());
  });
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
  if (summary.dataset.shown) return;
  summary.dataset.shown = "yes";
  summary.focus();
}
