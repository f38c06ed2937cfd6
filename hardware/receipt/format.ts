import type { ReceiptMoney, ReceiptWallet } from './receipt.ts';

/** Writes amounts in the store's own form. Spaces may be no-break ones, which `cleanText` turns into plain spaces. */
export type ReceiptFormatter = {
  /** With the currency, e.g. `£1,234.50` or `1.234,50 €`. */
  money(amountMinor: number): string;
  /** Without it, for columns of amounts. */
  amount(amountMinor: number): string;
};

export function receiptFormatter(locale: string, { currency, minorDigits }: ReceiptMoney): ReceiptFormatter {
  const digits = { minimumFractionDigits: minorDigits, maximumFractionDigits: minorDigits };
  const withCurrency = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits });
  const plain = new Intl.NumberFormat(locale, digits);
  const unit = 10 ** minorDigits;
  return {
    money: (amountMinor) => withCurrency.format(amountMinor / unit),
    amount: (amountMinor) => plain.format(amountMinor / unit),
  };
}

/** A wallet's amount: points as whole numbers, a money wallet in its currency. */
export function walletFormatter(locale: string, wallet: ReceiptWallet): (amount: number) => string {
  if (wallet.money !== undefined) {
    const format = receiptFormatter(locale, wallet.money);
    return (amount) => format.money(amount);
  }
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return (amount) => whole.format(amount);
}
