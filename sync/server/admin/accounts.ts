/**
 * What head office does to members' accounts itself: entries of its own stream, folded like every other. Refusals come in the order of
 * programme.md (fine print 41). All that was accepted before must be folded.
 */
import type { MemberId, OperatorId, WalletId } from '../../../base/ids.ts';
import { AMOUNT_ABS_MAX, points } from '../../../base/numbers.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { isReserved } from '../../../ledger/bodies/fields.ts';
import type { Actor } from '../../../ledger/entry.ts';
import { spendableOf, type MemberState } from '../../../ledger/member-state.ts';
import { mayAdjust } from '../../../loyalty/limits/limits.ts';
import type { OperatorRole } from '../../../loyalty/roles.ts';
import { maySplit } from '../allowances/split.ts';
import { announcePushed } from '../announcements.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import { stateOf } from '../fold/fold-accounts.ts';
import { ownContext } from '../own-stream/own-context.ts';
import { appendOwn, type OwnContext, type OwnFact } from '../own-stream/own-stream.ts';
import { loadTerms } from '../programme/terms.ts';
import type { Queries, Transaction } from '../store/client.ts';
import { lockFolded } from '../store/counters.ts';
import { loadGroups } from '../store/entry-index.ts';
import { findStates } from '../store/member-states.ts';
import type { Setting } from './setting.ts';

const NAME_CHARS_MAX = 128;
const REASON_CHARS_MAX = 500;

export type Merge = { readonly from: MemberId; readonly into: MemberId };
export type MergeRefusal = Refusal<'unknown-member' | 'invalid-request'>;

/** Two records of one person: `from` leads to `into` from now on. */
export async function mergeMembers(setting: Setting, { from, into }: Merge): Promise<Result<undefined, MergeRefusal>> {
  return await enter(setting, async (transaction): Promise<Result<OwnFact, MergeRefusal>> => {
    const accounts = await findAccounts(transaction, [into, from]);
    const unknown = [into, from].find((member) => accounts.get(member) === undefined);
    if (unknown !== undefined) return unknownMember(unknown);
    if (leadOf(from, accounts) === leadOf(into, accounts))
      return refused('invalid-request', 'Both are one member already.', 'from');
    if (accounts.get(from)?.into !== null)
      return refused('invalid-request', `${from} was merged into another member already.`, 'from');
    return ok({ kind: 'merge', member: into, body: { from } });
  });
}

export type UnmergeRefusal = MergeRefusal | Refusal<'allowances-out'>;

/** What is left of what `from` brought goes back to it. `allowances-out`: tills hold some of it and were told to give it back; ask again then. */
export async function unmergeMembers(
  setting: Setting,
  { from, into }: Merge,
): Promise<Result<undefined, UnmergeRefusal>> {
  return await enter(setting, async (transaction): Promise<Result<OwnFact, UnmergeRefusal>> => {
    const accounts = await findAccounts(transaction, [into, from]);
    const lead = accounts.get(leadOf(into, accounts));
    if (lead === undefined) return unknownMember(into);
    if (!lead.merged.some(({ account }) => account === from))
      return refused('invalid-request', `${from} was not merged into ${into}.`, 'from');
    if (!(await maySplit(transaction, leadOf(into, accounts), [...accounts.keys()])))
      return refused(
        'allowances-out',
        'Tills hold points of this member. They were told to give them back: try again.',
      );
    return ok({ kind: 'unmerge', member: into, body: { from } });
  });
}

export type Adjustment = {
  readonly member: MemberId;
  readonly wallet: WalletId;
  /** Signed whole units. */
  readonly amount: number;
  readonly reason: string;
  /** By default head office itself, as manager. */
  readonly operator?: OperatorId;
  readonly role?: OperatorRole;
};
export type AdjustRefusal = Refusal<'unknown-member' | 'invalid-request' | 'role-required' | 'insufficient-balance'>;

/** Up to the role's entry in `limits.adjust`, and never below zero of what is spendable (fine print 32). */
export async function adjustMember(
  setting: Setting,
  { member, wallet, amount, reason, operator = HEAD_OFFICE, role = 'manager' }: Adjustment,
): Promise<Result<undefined, AdjustRefusal>> {
  const actor: Actor = { operator, role };
  return await enter(
    setting,
    async (transaction, { local }): Promise<Result<OwnFact, AdjustRefusal>> => {
      const state = await findLead(transaction, member);
      if (state === undefined) return unknownMember(member);
      const programme = (await loadTerms(transaction)).on(local.date);
      if (programme === undefined || !programme.wallets.some(({ id }) => id === wallet))
        return refused('invalid-request', `There is no wallet ${wallet}.`, 'wallet');
      if (!Number.isSafeInteger(amount) || amount === 0)
        return refused('invalid-request', 'An adjustment is of whole units, not of 0.', 'amount');
      const text = reason.trim();
      if (text === '' || text.length > REASON_CHARS_MAX)
        return refused('invalid-request', 'An adjustment has a reason.', 'reason');
      if (!mayAdjust(programme.limits, role, amount))
        return refused('role-required', 'The role of the operator does not allow an adjustment of this size.');
      const spendable = spendableOf(state, wallet, local.date);
      if (spendable + amount < 0)
        return refused('insufficient-balance', `There are ${spendable} units to take, not ${-amount}.`);
      if (spendable + amount > AMOUNT_ABS_MAX)
        return refused('invalid-request', 'The balance would be too large.', 'amount');
      return ok({ kind: 'adjust', member, body: { wallet, amount: points(amount), reason: text } });
    },
    actor,
  );
}

export type ClubChange = { readonly member: MemberId; readonly club: string; readonly action: 'join' | 'leave' };
export type ClubRefusal = Refusal<'unknown-member' | 'invalid-request'>;

export async function setClub(
  setting: Setting,
  { member, club, action }: ClubChange,
): Promise<Result<undefined, ClubRefusal>> {
  return await enter(setting, async (transaction): Promise<Result<OwnFact, ClubRefusal>> => {
    if ((await findLead(transaction, member)) === undefined) return unknownMember(member);
    if (!isClubName(club)) return refused('invalid-request', 'This is no name of a club.', 'club');
    return ok({ kind: 'club', member, body: { club, action } });
  });
}

export function isClubName(club: string): boolean {
  return club !== '' && club.length <= NAME_CHARS_MAX && !isReserved(club);
}

const HEAD_OFFICE = 'head-office' as OperatorId; // a name of ours

/** One entry of today, or a refusal that changes nothing. */
async function enter<Failure extends Refusal>(
  { database, org, clock }: Setting,
  decide: (transaction: Transaction, context: OwnContext) => Promise<Result<OwnFact, Failure>>,
  actor?: Actor,
): Promise<Result<undefined, Failure>> {
  const done = await database.begin(async (transaction): Promise<Result<undefined, Failure>> => {
    await lockFolded(transaction);
    const context = await ownContext(transaction, clock(), { actor });
    const fact = await decide(transaction, context);
    if (!fact.ok) return fact;
    await appendOwn(transaction, org, [fact.value], context);
    return ok(undefined);
  });
  if (done.ok) await announcePushed(database);
  return done;
}

/** With all that are folded together with them. */
async function findAccounts(queries: Queries, members: readonly MemberId[]): Promise<Map<MemberId, MemberState>> {
  const groups = await loadGroups(queries, members);
  const rows = await findStates(queries, [...new Set(members.flatMap((member) => groups.together(member)))]);
  return new Map([...rows].map(([member, row]) => [member, stateOf(row)]));
}

/** Of the account that the member's leads to. */
async function findLead(queries: Queries, member: MemberId): Promise<MemberState | undefined> {
  const accounts = await findAccounts(queries, [member]);
  return accounts.get(leadOf(member, accounts));
}

function unknownMember(member: MemberId): Result<never, Refusal<'unknown-member'>> {
  return refused('unknown-member', `There is no member ${member}.`);
}
