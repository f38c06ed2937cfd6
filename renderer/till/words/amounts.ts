import type { TillStatus } from '../../../till/contract/shapes.ts';
import type { Say } from '../../ui/i18n/typed-intl.tsx';
import { formatMoney, type MoneyFormat } from '../format/money.ts';
import type { MessageId } from './intl.ts';

export type WalletAmount = { readonly wallet: string; readonly amount: number };
export type WalletInfo = {
  readonly wallet: string;
  readonly name: string;
  readonly kind: 'points' | 'stamps' | 'money';
};

/** How this shop writes money and points. */
export type AmountWords = {
  readonly locale: string;
  readonly minorDigits: number;
  money(minor: number): string;
  /** `34 Points`, or money for a money wallet. */
  wallet(amount: WalletAmount): string;
  /** An amount that is not whole yet, with at most 4 decimals: `38.88`, or money. */
  exact(wallet: string, amount: number): string;
  /** Several of them in one text; those of 0 are left out. */
  wallets(amounts: readonly WalletAmount[]): string;
};

const EXACT_DIGITS = 4;

export function amountWords(status: TillStatus | null, say: Say<MessageId>): AmountWords {
  const programme = status?.programme ?? null;
  const format: MoneyFormat = {
    locale: status?.locale ?? 'en',
    currency: programme?.currency ?? null,
    minorDigits: programme?.minorDigits ?? 2,
  };
  const wallets: readonly WalletInfo[] = programme?.wallets ?? [];
  const wallet = ({ wallet: id, amount }: WalletAmount): string => {
    const info = wallets.find((other) => other.wallet === id);
    if (info?.kind === 'money') return formatMoney(amount, format);
    return say('wallet.amount', { amount, wallet: info?.name ?? id });
  };
  return {
    locale: format.locale,
    minorDigits: format.minorDigits,
    money: (minor) => formatMoney(minor, format),
    wallet,
    exact: (id, amount) => {
      const isMoney = wallets.find((other) => other.wallet === id)?.kind === 'money';
      if (isMoney) return formatMoney(amount, { ...format, moreDigits: EXACT_DIGITS });
      return new Intl.NumberFormat(format.locale, { maximumFractionDigits: EXACT_DIGITS }).format(amount);
    },
    wallets: (amounts) =>
      new Intl.ListFormat(format.locale, { type: 'unit', style: 'short' }).format(
        amounts.filter(({ amount }) => amount !== 0).map(wallet),
      ),
  };
}
