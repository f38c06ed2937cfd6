import type { MemberSummary } from '../../../../sync/protocol/console.ts';

/** Wallets of these members, in the order of the programme, which every member's balances follow. */
export function walletColumns(rows: readonly Pick<MemberSummary, 'balances'>[]): string[] {
  return [...new Set(rows.flatMap(({ balances }) => balances.map(({ wallet }) => wallet)))];
}
