/* Visits are buttons that say everything about themselves. A table of times that no screen reader can walk would only
   promise what isn't there. */
const ROLES = ["table", "rowgroup", "row", "cell", "columnheader", "rowheader"].map((role) => `[role=${role}]`).join();
const INDEXES = ["colindex", "rowindex", "colcount", "rowcount"].map((index) => `aria-${index}`);

/** When the calendar has been drawn. */
export function plainRoles(host) {
  requestAnimationFrame(() => {
    for (const part of host.querySelectorAll(ROLES)) part.removeAttribute("role");
    for (const index of INDEXES) for (const part of host.querySelectorAll(`[${index}]`)) part.removeAttribute(index);
  });
}
