/* When a fragment can't be fetched, the page says what happened and what was not lost. */

export function announceFailures() {
  const notice = document.querySelector("[data-notice]");
  if (!notice) return;
  const show = () => {
    notice.hidden = false;
    notice.querySelector("p").textContent = notice.dataset.notice;
  };
  document.addEventListener("htmx:error", show);
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.status >= 500) show();
  });
  document.addEventListener("htmx:before:request", () => {
    notice.hidden = true;
  });
}
