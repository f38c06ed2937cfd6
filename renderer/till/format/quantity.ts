/** Quantities are decimals with at most 4 places, kept as text and added as whole ten-thousandths: exact, where floats are not. */
const PLACES = 4;
const UNIT = 10_000;
export const QUANTITY_MAX = 100_000;

/** `1.5` and 1 are `2.5`. The text is a quantity of the contract. */
export function addQuantities(quantity: string, whole: number): string {
  return fromTenThousandths(toTenThousandths(quantity) + whole * UNIT);
}

/** What a cashier typed, with a comma or a point: a decimal above 0, at most 100,000, with at most 4 places; undefined where it is none. */
export function parseQuantity(typed: string): string | undefined {
  const text = typed.trim().replace(',', '.');
  if (!/^\d{1,6}(?:\.\d{0,4})?$/.test(text)) return undefined;
  const value = toTenThousandths(text);
  return value > 0 && value <= QUANTITY_MAX * UNIT ? fromTenThousandths(value) : undefined;
}

function toTenThousandths(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * UNIT + Number(fraction.padEnd(PLACES, '0'));
}

function fromTenThousandths(value: number): string {
  const whole = Math.trunc(value / UNIT);
  const fraction = String(value % UNIT)
    .padStart(PLACES, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}
