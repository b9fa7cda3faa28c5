/* What the pages of booking gain from a script: the hold that runs out without losing a word, and a calendar that
   says aloud what changed in it. */

/** At nought the page stays: what is typed is worth more than a tidy screen, and the button tries to get the time back. */
export function sayWhenOver(bar) {
  if (!bar.dataset.over || bar.dataset.watched) return;
  bar.dataset.watched = "yes";
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
  if (page.dataset.watched) return;
  page.dataset.watched = "yes";
  const timer = setInterval(async () => {
    if (!page.isConnected) return clearInterval(timer);
    const answer = await fetch(location.href, { headers: { "X-Look-Again": "1" } }).catch(() => null);
    if (answer && answer.status === 200) location.reload();
  }, Number(page.dataset.lookAgain) * 1000);
}

/** After a day, a person or a place was chosen, the number of free times is read out. */
export function sayTimes(times) {
  const heard = document.querySelector("[data-heard]");
  if (heard && times.dataset.said !== heard.dataset.last) {
    if (heard.dataset.last) heard.textContent = times.dataset.said;
    heard.dataset.last = times.dataset.said;
  }
}
