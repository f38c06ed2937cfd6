/**
 * What an entry posts, by its kind: balanced between members and the accounts of the books, each fact its own pair, the member's side first.
 * The writer posts what this says, and whoever judges an entry compares.
 */
import type { MemberId } from '../base/ids.ts';
import { points } from '../base/numbers.ts';
import { sumByWallet, type WalletAmount } from '../loyalty/wallet-amounts.ts';
import type { AttachBody } from './bodies/after-sale.ts';
import type { SaleGift } from './bodies/sale.ts';
import { type Account, type Entry, memberAccount, type Posting } from './entry.ts';

type Fact = {
  [Kind in Entry['kind']]: Pick<Extract<Entry, { kind: Kind }>, 'kind' | 'member' | 'body'>;
}[Entry['kind']];

/** Nothing for an entry without a member. */
export function postingsOf(fact: Fact): Posting[] {
  return fact.member === null ? [] : memberPostings(fact.member, fact);
}

/**
 * Accounts that become one move lots, not value: the books add up what leads to the same member. Who may spend moves no value, and a voucher is
 * none of its own.
 */
const POSTS_NOTHING = [
  'enrol',
  'card',
  'club',
  'claim',
  'merge',
  'unmerge',
  'voucher',
  'allowance-return',
  'close',
  'adopt',
  'write-off',
] as const;

function postsNothing(fact: Fact): fact is Extract<Fact, { kind: (typeof POSTS_NOTHING)[number] }> {
  return POSTS_NOTHING.some((kind) => kind === fact.kind);
}

function memberPostings(member: MemberId, fact: Fact): Posting[] {
  if (postsNothing(fact)) return [];
  const { kind, body } = fact;
  switch (kind) {
    case 'sale':
      return [
        ...post(member, spentIn(body.redeemed), -1, 'redeemed'),
        ...post(member, sumByWallet(body.earned), 1, 'issued'),
        ...body.gifts.flatMap((gift) => postGift(member, gift, 1)),
      ];
    case 'refund':
    case 'void':
      return [
        ...post(member, sumByWallet(body.returned), 1, 'redeemed'),
        ...post(member, body.takenBack, -1, 'issued'),
        ...body.gifts.flatMap((gift) => postGift(member, gift, -1)),
      ];
    case 'attach':
      return [
        ...postDropped(body.dropped),
        ...post(member, sumByWallet(body.earned), 1, 'issued'),
        ...body.gifts.flatMap((gift) => postGift(member, gift, 1)),
      ];
    case 'adjust':
      return post(member, [body], 1, 'adjusted');
    case 'transfer':
      return post(member, [body], -1, memberAccount(body.to));
    case 'goal':
      return post(member, [body], 1, 'issued');
    case 'expire':
      return post(member, [body], -1, 'expired');
    default:
      return kind satisfies never;
  }
}

function postDropped(dropped: AttachBody['dropped']): Posting[] {
  return dropped === null ? [] : post(dropped.account, dropped.amounts, -1, 'issued');
}

/** What redemptions cost, by wallet. */
export function spentIn(
  redeemed: readonly { readonly wallet: WalletAmount['wallet'] | null; readonly cost: WalletAmount['amount'] }[],
): readonly WalletAmount[] {
  return sumByWallet(redeemed.flatMap(({ wallet, cost }) => (wallet === null ? [] : [{ wallet, amount: cost }])));
}

function postGift(member: MemberId, gift: SaleGift, sign: 1 | -1): Posting[] {
  const { wallet, amount } = gift;
  if (wallet === null) return [];
  return post(gift.reason === 'referrer' ? gift.member : member, [{ wallet, amount }], sign, 'issued');
}

/** `sign` 1 gives to the member, -1 takes. */
function post(member: MemberId, amounts: readonly WalletAmount[], sign: 1 | -1, counter: Account): Posting[] {
  return amounts.flatMap(({ wallet, amount }): Posting[] =>
    amount === 0
      ? []
      : [
          { account: memberAccount(member), wallet, amount: points(sign * amount) },
          { account: counter, wallet, amount: points(-sign * amount) },
        ],
  );
}
