/** Members that folded entries enrol or name. Of two enrolments of one member the first in the total order stands. */
import type { MemberId } from '../../../base/ids.ts';
import { accountsIn, type EnrolEntry, type Entry } from '../../../ledger/entry.ts';
import { isVoucherAccount } from '../../../ledger/vouchers.ts';
import type { Transaction } from '../store/client.ts';
import type { Flag } from '../store/flags.ts';
import { findMembers, saveEnrolled, savePlaceholders, type Enrolled, type KnownMember } from '../store/members.ts';
import type { Judged } from './judge.ts';

export type Enrolments = {
  readonly flags: readonly Flag[];
  /** Their rows change. */ readonly touched: readonly MemberId[];
};

export async function applyEnrolments(transaction: Transaction, judged: readonly Judged[]): Promise<Enrolments> {
  const claims = judged.flatMap(enrolClaim);
  const twice = await enrolMembers(transaction, claims);
  const unknown = await placeUnknown(transaction, judged);
  return { flags: [...twice, ...unknown], touched: claims.map((claim) => claim.member) };
}

function enrolClaim({ read, member, orderKey, inc, seq }: Judged): Enrolled[] {
  if (read.as !== 'known' || read.entry.kind !== 'enrol' || member === null) return [];
  const { body }: EnrolEntry = read.entry;
  return [{ member, joined: body.joined, orderKey, inc, seq }];
}

type Enrolment = Pick<Enrolled, 'orderKey' | 'inc' | 'seq'>;

/** Undefined for a member that entries named before anybody enrolled them. */
function enrolledBy(row: KnownMember | undefined): Enrolment | undefined {
  if (row === undefined) return undefined;
  const { enrolledOrder: orderKey, enrolledInc: inc, enrolledSeq: seq } = row;
  return orderKey === null || inc === null || seq === null ? undefined : { orderKey, inc, seq };
}

async function enrolMembers(transaction: Transaction, claims: readonly Enrolled[]): Promise<Flag[]> {
  const known = await findMembers(
    transaction,
    claims.map((claim) => claim.member),
  );
  const standing = new Map<MemberId, Enrolled>();
  const flags: Flag[] = [];
  for (const claim of claims) {
    const stands = standing.get(claim.member) ?? enrolledBy(known.get(claim.member));
    if (stands?.inc === claim.inc && stands.seq === claim.seq) continue;
    const earlier = stands === undefined || claim.orderKey < stands.orderKey;
    if (stands !== undefined) {
      const { inc, seq } = earlier ? stands : claim;
      flags.push({ inc, seq, code: 'member-enrolled-twice', detail: claim.member });
    }
    if (earlier) standing.set(claim.member, claim);
  }
  await saveEnrolled(transaction, [...standing.values()]);
  return flags;
}

/** A member that nobody enrolled is there all the same: what was sold to them happened. */
async function placeUnknown(transaction: Transaction, judged: readonly Judged[]): Promise<Flag[]> {
  const named = judged.flatMap(({ read, member, orderKey, inc, seq }) => {
    const joined = businessDateOf(orderKey);
    if (read.as === 'known')
      return accountsIn(read.entry).map((account) => {
        return { member: account, joined, inc, seq, expected: isUnclaimed(read.entry, account) };
      });
    return read.as === 'nothing' && member !== null ? [{ member, joined, inc, seq, expected: false }] : [];
  });
  const known = await findMembers(transaction, [...new Set(named.map((row) => row.member))]);
  const unknown = named.filter((row) => !known.has(row.member));
  await savePlaceholders(transaction, [...new Map(unknown.map((row) => [row.member, row])).values()]);
  return unknown
    .filter(({ expected }) => !expected)
    .map(({ member, inc, seq }) => ({ inc, seq, code: 'unknown-member', detail: member }));
}

/** Accounts of automatic enrolment and of vouchers: nobody enrols them. */
function isUnclaimed(entry: Entry, account: MemberId): boolean {
  if (isVoucherAccount(account)) return true;
  if (entry.kind === 'sale') return entry.body.claim !== null && account === entry.member;
  if (entry.kind === 'claim') return account === entry.body.account;
  return entry.kind === 'attach' && account === entry.body.dropped?.account;
}

/** An order key begins with it. */
function businessDateOf(orderKey: string): string {
  return orderKey.slice(0, 10);
}
