import { describe, expect, it } from 'vitest';
import type { MemberId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { NEW_MEMBER_STATE } from '../member-state.ts';
import { encodeState, memberStateSchema } from '../state-text.ts';
import { draftOf } from './accounts.ts';
import { dropOverdrafts, noteOverdrafts } from './overdrafts.ts';
import { openAccounts } from './accounts.ts';
import { applyOverdrafts } from './overdrafts.ts';
import type { Entry } from '../entry.ts';

const WALLET = 'points' as WalletId;
const [ANN, BEN] = ['ann', 'ben'] as MemberId[];

function overdrawn(account: MemberId | undefined, amount: number): Entry {
  const overdraft = [{ account, wallet: WALLET, amount: points(amount) }];
  return { kind: 'sale', allowances: { overdraft } } as unknown as Entry; // all of an entry that is looked at
}

describe('overdrafts', () => {
  it('are summed up on the member that the account leads to', () => {
    const into = { ...NEW_MEMBER_STATE, into: BEN ?? null };
    const accounts = openAccounts({ get: (id) => (id === ANN ? into : undefined) });
    for (const [account, amount] of [
      [ANN, 30],
      [BEN, 12],
    ] as const)
      applyOverdrafts(accounts, overdrawn(account, amount));
    expect(accounts.changed().get(BEN ?? ANN ?? ('' as MemberId))?.overdrafts).toEqual({ points: 42 });
  });

  it('travel with a state, and are no part of one that never had any', () => {
    const draft = draftOf(NEW_MEMBER_STATE);
    expect(encodeState(draft)).not.toContain('overdrafts');
    noteOverdrafts(draft, [[WALLET, points(5)]]);
    const read: unknown = JSON.parse(encodeState(draft));
    expect(memberStateSchema.parse(read)).toMatchObject({ overdrafts: { points: 5 } });
  });

  it('go with an account that is one of its own again', () => {
    const draft = draftOf({ ...NEW_MEMBER_STATE, overdrafts: { [WALLET]: points(8) } });
    dropOverdrafts(draft, { ...NEW_MEMBER_STATE, overdrafts: { [WALLET]: points(3) } });
    expect(draft.overdrafts).toEqual({ points: 5 });
    dropOverdrafts(draft, { ...NEW_MEMBER_STATE, overdrafts: { [WALLET]: points(5) } });
    expect(Object.keys(draft)).not.toContain('overdrafts');
  });
});
