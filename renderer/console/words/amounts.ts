import type { WalletName } from '../state/console-state.ts';
import type { Say } from '../../ui/i18n/typed-intl.tsx';
import type { Effect } from './effects.ts';
import type { Formats } from './formats.ts';
import type { MessageId } from './intl.ts';

/** Points, stamps and stored money in words. */
export type AmountWords = {
  readonly walletName: (wallet: string) => string;
  /** `7 points`, without a sign. */
  readonly amount: (wallet: string, units: number) => string;
  /** `+7 points`. */
  readonly change: (wallet: string, units: number) => string;
  /** `+7` alone, or money. */
  readonly signed: (wallet: string, units: number) => string;
  /** `134` alone, or money. */
  readonly plain: (wallet: string, units: number) => string;
  /** `134 points`, with a minus where it is below zero. */
  readonly balance: (wallet: string, units: number) => string;
  /** `Earned 7 points`. */
  readonly effect: (effect: Effect) => string;
};

export function amountWords(
  wallets: Readonly<Record<string, WalletName>>,
  formats: Formats,
  say: Say<MessageId>,
): AmountWords {
  const isMoney = (wallet: string): boolean => wallets[wallet]?.kind === 'money';
  const plain = (wallet: string, units: number): string =>
    isMoney(wallet) ? formats.money(units) : formats.number(units);
  const signed = (wallet: string, units: number): string =>
    isMoney(wallet) ? formats.signedMoney(units) : formats.signed(units);
  const walletName = (wallet: string): string => wallets[wallet]?.name ?? wallet;
  const withName = (wallet: string, units: number, shown: string): string => {
    if (isMoney(wallet)) return shown;
    const name = walletName(wallet);
    const noun = nounOf(wallets, wallet);
    return noun === null ? say('amount.named', { shown, name }) : say(noun, { count: Math.abs(units), shown });
  };
  const amount = (wallet: string, units: number): string => withName(wallet, units, plain(wallet, Math.abs(units)));
  const change = (wallet: string, units: number): string => withName(wallet, units, signed(wallet, units));
  return {
    walletName,
    amount,
    change,
    signed,
    plain,
    balance: (wallet, units) => withName(wallet, units, plain(wallet, units)),
    effect: ({ kind, wallet, amount: units }) =>
      say(`effect.${kind}`, {
        amount: kind === 'adjusted' || kind === 'moved' ? change(wallet, units) : amount(wallet, units),
      }),
  };
}

/**
 * The language's own word, which knows one from many, where it can mean no other wallet: "1 stamp" for the only wallet of stamps, called
 * "Coffee stamps". Any other keeps the name that the programme gave it.
 */
function nounOf(
  wallets: Readonly<Record<string, WalletName>>,
  wallet: string,
): 'amount.points' | 'amount.stamps' | null {
  const { name = '', kind } = wallets[wallet] ?? {};
  if (Object.values(wallets).filter((other) => other.kind === kind).length > 1) return null;
  if (/\bpoints$/i.test(name)) return 'amount.points';
  return /\bstamps$/i.test(name) ? 'amount.stamps' : null;
}
