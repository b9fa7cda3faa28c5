/* The button that takes a payment says how much, as it stands in the field beside it. */

export function sayHowMuch(button) {
  const { take, currency } = button.dataset;
  const field = button.form.elements.amount;
  const words = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" });
  const plain = button.textContent;
  const say = () => {
    const amount = Number(field.value.trim().replace(",", "."));
    button.textContent = amount > 0 ? take.replace("{sum}", words.format(amount)) : plain;
  };
  field.addEventListener("input", say);
  say();
}
