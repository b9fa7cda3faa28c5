/* A button that prints the page. Without a script it stays hidden, and the browser's own menu prints as well. */
export function printOnPress(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
