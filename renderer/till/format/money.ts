/** How the shop writes its money: from the programme and the store's locale. */
export type MoneyFormat = {
  readonly locale: string;
  readonly currency: string | null;
  readonly minorDigits: number;
  /** Decimals below the minor unit, where there are any. */
  readonly moreDigits?: number;
};

/** Minor units as the store writes them; without a currency (no programme yet) as a plain number. */
export function formatMoney(minor: number, format: MoneyFormat): string {
  const most = format.minorDigits + (format.moreDigits ?? 0);
  const digits = { minimumFractionDigits: format.minorDigits, maximumFractionDigits: most };
  const currency = format.currency === null ? {} : { style: 'currency' as const, currency: format.currency };
  return new Intl.NumberFormat(format.locale, { ...digits, ...currency }).format(minor / 10 ** format.minorDigits);
}

/** What a till's keypad makes of digits: they come in from the right, so that no decimal sign is needed. Undefined above `max`. */
export function minorFromDigits(typed: string, max: number): number | undefined {
  const digits = typed.replaceAll(/\D/g, '').replace(/^0+/, '');
  if (digits.length > 15) return undefined;
  const minor = Number(digits === '' ? '0' : digits);
  return minor <= max ? minor : undefined;
}

/** The sign between units and decimals in the store's locale. */
export function decimalSign(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find((part) => part.type === 'decimal')?.value ?? '.';
}
