/* What pages gain from a script. Without it everything still works: links lead somewhere, forms post, times are told. */
import { lookAgain, sayTimes, sayWhenOver } from "./booking.js";
import { copyOnPress } from "./copy.js";
import { countDown } from "./countdown.js";
import { showCurrentDay } from "./days.js";
import { forgetOldPages, sendOnce, showErrors } from "./forms.js";
import { closeMenus } from "./menu.js";
import { announceFailures } from "./notice.js";
import { printOnPress } from "./print.js";
import { revealTargets } from "./reveal.js";
import { sayHowMuch } from "./take.js";

const WAKES = [
  ["[data-hold]", countDown],
  [".o-days", showCurrentDay],
  ["[data-errors]", showErrors],
  ["[data-over]", sayWhenOver],
  ["[data-said]", sayTimes],
  ["[data-look-again]", lookAgain],
  ["[data-print]", printOnPress],
  ["[data-copy]", copyOnPress],
  ["[data-take]", sayHowMuch],
];

/** Wakes what lies in this part of the page; htmx brings new parts. */
function wake(part) {
  for (const [selector, start] of WAKES) {
    if (part.matches?.(selector)) start(part);
    part.querySelectorAll(selector).forEach(start);
  }
}

document.documentElement.classList.add("has-script");
wake(document);
document.addEventListener("htmx:after:swap", () => wake(document));
closeMenus();
sendOnce();
forgetOldPages();
announceFailures();
revealTargets();
