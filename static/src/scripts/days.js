/* The strip of days starts where the chosen day is. */

export function showCurrentDay(strip) {
  const day = strip.querySelector("[aria-current]");
  if (day) strip.scrollLeft = day.offsetLeft - strip.offsetLeft - (strip.clientWidth - day.clientWidth) / 2;
}
