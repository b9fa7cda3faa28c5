/* What the pages of booking gain from a script: the hold that runs out without losing a word, and a calendar that
   says aloud what changed in it. */

/** At nought the page stays: what is typed is worth more than a tidy screen, and the button tries to get the time back. */
export function sayWhenOver(bar) {
  if (!bar.dataset.over) return;
  const left = Number(bar.dataset.left) * 1000;
  if (left <= 0) return;
  const timer = setTimeout(() => {
    bar.querySelector("[data-held]").textContent = bar.dataset.over;
    bar.querySelector("[role=status]").textContent = bar.dataset.over;
    bar.querySelectorAll("[data-clock], progress, button").forEach((part) => part.remove());
  }, left);
  addEventListener("pagehide", () => clearTimeout(timer), { once: true });
}

/** While the bank decides, we ask quietly, and the page changes only when there is something to say. */
export function lookAgain(page) {
  const timer = setInterval(async () => {
    if (!page.isConnected) return clearInterval(timer);
    const answer = await fetch(location.href, { headers: { "X-Look-Again": "1" } }).catch(() => null);
    if (answer && answer.status === 200) location.reload();
  }, Number(page.dataset.lookAgain) * 1000);
}

