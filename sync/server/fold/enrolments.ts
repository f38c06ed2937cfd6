/** Enrolments among folded entries: the members they make and the cards they claim. Of two claims the first in the total order stands. */
import type { CardCode, MemberId } from '../../../base/ids.ts';
import type { EnrolEntry } from '../../../ledger/entry.ts';
import type { Transaction } from '../store/client.ts';
import { findCards, saveCards, type CardClaim } from '../store/cards.ts';
import type { Flag } from '../store/flags.ts';
import { findMembers, saveEnrolled, savePlaceholders, type Enrolled } from '../store/members.ts';
import type { Judged } from './judge.ts';

export type Enrolments = {
  readonly flags: readonly Flag[];
  /** Their rows change. */ readonly touched: readonly MemberId[];
};

type EnrolClaim = Enrolled & { readonly cards: readonly CardCode[] };

export async function applyEnrolments(transaction: Transaction, judged: readonly Judged[]): Promise<Enrolments> {
  const claims = judged.flatMap(enrolClaim);
  const twice = await enrolMembers(transaction, claims);
  const unknown = await placeUnknown(transaction, judged);
  const cards = await claimCards(transaction, claims);
  return {
    flags: [...twice, ...unknown, ...cards.flags],
    touched: [...claims.map((claim) => claim.member), ...cards.touched],
  };
}

function enrolClaim({ read, member, orderKey, inc, seq }: Judged): EnrolClaim[] {
  if (read.as !== 'known' || read.entry.kind !== 'enrol' || member === null) return [];
  const { body }: EnrolEntry = read.entry;
  return [{ member, joined: body.joined, orderKey, inc, seq, cards: body.cards }];
}

async function enrolMembers(transaction: Transaction, claims: readonly EnrolClaim[]): Promise<Flag[]> {
  const known = await findMembers(
    transaction,
    claims.map((claim) => claim.member),
  );
  const standing = new Map<MemberId, EnrolClaim>();
  const flags: Flag[] = [];
  for (const claim of claims) {
    const row = known.get(claim.member);
    const before = standing.get(claim.member);
    const order = before?.orderKey ?? row?.enrolledOrder ?? undefined;
    const earlier = order === undefined || claim.orderKey < order;
    if (order !== undefined) {
      const stands = before ?? { inc: row?.enrolledInc ?? claim.inc, seq: row?.enrolledSeq ?? claim.seq };
      const loser = earlier ? stands : claim;
      flags.push({ inc: loser.inc, seq: loser.seq, code: 'member-enrolled-twice', detail: claim.member });
    }
    if (earlier) standing.set(claim.member, claim);
  }
  await saveEnrolled(transaction, [...standing.values()]);
  return flags;
}

/** A member that nobody enrolled is there all the same: what was sold to them happened. */
async function placeUnknown(transaction: Transaction, judged: readonly Judged[]): Promise<Flag[]> {
  const named = judged.flatMap(({ read, member, orderKey, inc, seq }) =>
    read.as !== 'opaque' && member !== null ? [{ member, joined: businessDateOf(orderKey), inc, seq }] : [],
  );
  const known = await findMembers(transaction, [...new Set(named.map((row) => row.member))]);
  const unknown = named.filter((row) => !known.has(row.member));
  await savePlaceholders(transaction, [...new Map(unknown.map((row) => [row.member, row])).values()]);
  return unknown.map(({ member, inc, seq }) => ({ inc, seq, code: 'unknown-member', detail: member }));
}

/** An order key begins with it. */
function businessDateOf(orderKey: string): string {
  return orderKey.slice(0, 10);
}

async function claimCards(transaction: Transaction, claims: readonly EnrolClaim[]): Promise<Enrolments> {
  const wanted = claims.flatMap(({ member, orderKey, inc, seq, cards }) =>
    [...new Set(cards)].map((code): CardClaim => ({ code, member, orderKey, inc, seq })),
  );
  const standing = await findCards(
    transaction,
    wanted.map((claim) => claim.code),
  );
  const won = new Map<CardCode, CardClaim>();
  const flags: Flag[] = [];
  const touched: MemberId[] = [];
  for (const claim of wanted) {
    const holder = standing.get(claim.code);
    const earlier = holder === undefined || claim.orderKey < holder.orderKey;
    if (holder !== undefined && holder.member !== claim.member) {
      const loser = earlier ? holder : claim;
      flags.push({
        inc: loser.inc,
        seq: loser.seq,
        code: 'card-taken',
        detail: `${loser.member}: a card of theirs is another member's`,
      });
      touched.push(loser.member);
    }
    if (!earlier) continue;
    standing.set(claim.code, claim);
    won.set(claim.code, claim);
  }
  await saveCards(transaction, [...won.values()]);
  return { flags, touched };
}
