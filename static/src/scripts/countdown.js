/* The bar that says how long a time is held.

   <div data-hold data-left="461" data-total="600" data-lapsed="/book/…">, seconds as the server counted them, so a
   wrong clock on the phone doesn't matter. At nought the page goes to `data-lapsed`, which says what happened. */

const SHORT = 120;
const SPOKEN = new Set([300, 120, 60, 30]);

export function countDown(bar) {
  const total = Number(bar.dataset.total);
  const ends = Date.now() + Number(bar.dataset.left) * 1000;
  const clock = bar.querySelector("[data-clock]");
  const progress = bar.querySelector("progress");
  const speech = bar.querySelector("[role=status]");

  const tick = () => {
    if (!bar.isConnected) return clearInterval(timer);
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    clock.textContent = words(left);
    if (progress) progress.value = left / total;
    bar.classList.toggle("is-short", left <= SHORT);
    if (speech && SPOKEN.has(left)) speech.textContent = speech.dataset.text.replace("{left}", spoken(left, speech));
    if (left === 0) {
      clearInterval(timer);
      if (bar.dataset.lapsed) location.assign(bar.dataset.lapsed);
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

const words = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** "2 minutes", "30 seconds", in the language of the page. */
function spoken(seconds, element) {
  const unit = seconds >= 60 ? "minute" : "second";
  const language = element.closest("[lang]")?.lang || "en";
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(
    unit === "minute" ? seconds / 60 : seconds,
  );
}
