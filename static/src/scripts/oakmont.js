/* What pages gain from a script. Without it everything still works: links lead somewhere, forms post, times are told. */
import { sayAloud } from "./aloud.js";
import { lookAgain, sayWhenOver } from "./booking.js";
import { copyOnPress } from "./copy.js";
import { countDown } from "./countdown.js";
import { showCurrentDay } from "./days.js";
import { forgetOldPages, sendOnce, showErrors } from "./forms.js";
import { closeMenus } from "./menu.js";
import { announceFailures } from "./notice.js";
import { printOnPress } from "./print.js";
import { revealTargets } from "./reveal.js";
import { sayHowMuch } from "./take.js";

/** Each part once. */
const WAKES = [
  ["[data-hold]", countDown],
  ["[data-errors]", showErrors],
  ["[data-over]", sayWhenOver],
  ["[data-look-again]", lookAgain],
  ["[data-print]", printOnPress],
  ["[data-copy]", copyOnPress],
  ["[data-take]", sayHowMuch],
];

/** Whenever something has changed: the part may be the same and say something else. */
const LOOKS = [
  [".o-days", showCurrentDay],
  ["[data-aloud]", sayAloud],
];
const woken = new Map(WAKES.map(([selector]) => [selector, new WeakSet()]));

/** At first, and whenever htmx has brought new parts. */
function wake() {
  for (const [selector, start] of WAKES) {
    for (const part of document.querySelectorAll(selector)) {
      if (woken.get(selector).has(part)) continue;
      woken.get(selector).add(part);
      start(part);
    }
  }
  for (const [selector, look] of LOOKS) document.querySelectorAll(selector).forEach(look);
}

document.documentElement.classList.add("has-script");
wake();
document.addEventListener("htmx:after:swap", wake);
closeMenus();
sendOnce();
forgetOldPages();
announceFailures();
revealTargets();
