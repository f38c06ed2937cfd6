/**
 * Two tills enrolled the same person, or one opened a record for a card that it did not know. Head office finds it once both are here: the
 * earlier in the total order stays, the other leads to it by a `merge` of head office's own stream, or a person is asked (same-person.ts). Accounts
 * that were together once are left alone: a merge that a person undid is never made again.
 */
import type { MemberId } from '../../../base/ids.ts';
import { points } from '../../../base/numbers.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import type { MemberState } from '../../../ledger/member-state.ts';
import { stateOf } from '../fold/fold-accounts.ts';
import { OWN_TILL, type OwnFact } from '../own-stream/own-stream.ts';
import type { Transaction } from '../store/client.ts';
import { entryTextAt } from '../store/entries.ts';
import { loadGroups, type Groups } from '../store/entry-index.ts';
import type { Flag } from '../store/flags.ts';
import { findStates, type StateRow } from '../store/member-states.ts';
import { findPersons, personsWithContact, sharersOfCards, type Person } from '../store/same-person.ts';
import { isNobody, likenessOf, type Compared, type Likeness } from './same-person.ts';

type Known = Person & Compared;
type Pair = { readonly first: Known; readonly second: Known; readonly likeness: Likeness };

export type Duplicates = {
  /** Of the later enrolments. */
  readonly flags: readonly Flag[];
  /** What merges them. */
  readonly facts: readonly OwnFact[];
};

/** Among members whose profile or cards are news; `rows`: states that are not written yet. */
export async function findDuplicates(
  transaction: Transaction,
  members: readonly MemberId[],
  rows: readonly StateRow[],
): Promise<Duplicates> {
  const pairs = await pairsOf(transaction, [...new Set(members)]);
  if (pairs.length === 0) return { flags: [], facts: [] };
  const accounts = pairs.flatMap(({ first, second }) => [first.member, second.member]);
  const groups = await loadGroups(transaction, accounts);
  const states = await statesOf(transaction, accounts, groups, rows);
  const joined = joinedBy(groups);
  const facts: OwnFact[] = [];
  const flags: Flag[] = [];
  for (const { first, second, likeness } of pairs) {
    if (joined.together(first.member, second.member)) continue;
    const { enrolledInc: inc, enrolledSeq: seq } = second;
    if (likeness === 'likely') {
      flags.push({ inc, seq, code: 'likely-duplicate', detail: first.member });
      continue;
    }
    const [into, from] = [leadOf(first.member, states), leadOf(second.member, states)];
    facts.push({ kind: 'merge', member: into, body: { from, once: true } }, ...secondReferral(states, into, from));
    flags.push({ inc, seq, code: 'merged-duplicate', detail: into });
    joined.join(first.member, second.member);
  }
  return { flags, facts };
}

async function pairsOf(transaction: Transaction, members: readonly MemberId[]): Promise<Pair[]> {
  if (members.length === 0) return [];
  const news = await findPersons(transaction, members);
  const sharers = await sharersOfCards(transaction, members);
  const others = [
    ...(await personsWithContact(transaction, contactsOf(news))),
    ...(await findPersons(transaction, [...new Set(sharers.flatMap(({ member, other }) => [member, other]))])),
  ];
  const persons = new Map([...news, ...others].map((person) => [person.member, person]));
  if (persons.size < 2) return [];
  const mine = new Set(members);
  const pairs = new Map<string, Pair>();
  const add = (left: Known, right: Known, likeness: Likeness): void => {
    if (left.member === right.member || likeness === 'none') return;
    const [first = left, second = right] = [left, right].toSorted(byPlace);
    const key = JSON.stringify([first.member, second.member]);
    if (pairs.get(key)?.likeness !== 'same') pairs.set(key, { first, second, likeness });
  };
  const sharing = groupsByContact([...persons.values()]);
  const wanted = new Set([
    ...sharing.flat().map(({ member }) => member),
    ...sharers.flatMap(({ member, other }) => [member, other]),
  ]);
  const known = new Map<MemberId, Known>();
  for (const person of persons.values())
    if (wanted.has(person.member)) known.set(person.member, await withCircumstances(transaction, person));
  for (const group of sharing) {
    const list = group.flatMap(({ member }) => known.get(member) ?? []);
    for (const left of list.filter(({ member }) => mine.has(member)))
      for (const right of list) add(left, right, likenessOf(left, right));
  }
  for (const { member, other } of sharers) {
    const [left, right] = [known.get(member), known.get(other)];
    if (left !== undefined && right !== undefined && (isNobody(left) || isNobody(right))) add(left, right, 'same');
  }
  return [...pairs.values()].toSorted((left, right) => byPlace(left.second, right.second));
}

function contactsOf(persons: readonly Person[]): { phones: readonly string[]; emails: readonly string[] } {
  return {
    phones: persons.flatMap(({ phone }) => phone ?? []),
    emails: persons.flatMap(({ email }) => email ?? []),
  };
}

/** Those who share one, two of them at least. */
function groupsByContact(persons: readonly Person[]): Person[][] {
  const groups = [...Map.groupBy(persons, ({ phone }) => phone), ...Map.groupBy(persons, ({ email }) => email)];
  return groups.flatMap(([contact, group]) => (contact !== null && group.length > 1 ? [group] : []));
}

/** Somebody stays before nobody; else the earlier enrolment in the total order. */
function byPlace(left: Known, right: Known): number {
  if (isNobody(left) !== isNobody(right)) return isNobody(left) ? 1 : -1;
  return left.enrolledOrder < right.enrolledOrder ? -1 : 1;
}

async function withCircumstances(transaction: Transaction, person: Person): Promise<Known> {
  const text = await entryTextAt(transaction, person.enrolledInc, person.enrolledSeq);
  const parsed = text === undefined ? undefined : parseEntry(text);
  const entry = parsed?.ok === true && parsed.value.known ? parsed.value.entry : undefined;
  const sharedContact = entry?.kind === 'enrol' && entry.body.sharedContact === true;
  return { ...person, sharedContact, byHeadOffice: entry?.till === OWN_TILL };
}

type States = { get(account: MemberId): MemberState | undefined };

async function statesOf(
  transaction: Transaction,
  accounts: readonly MemberId[],
  groups: Groups,
  rows: readonly StateRow[],
): Promise<States> {
  const stored = await findStates(transaction, [...new Set(accounts.flatMap((account) => groups.together(account)))]);
  for (const row of rows) stored.set(row.member, row);
  return {
    get: (account) => {
      const row = stored.get(account);
      return row && stateOf(row);
    },
  };
}

/** The groups, with what this run joins. */
function joinedBy(groups: Groups) {
  const roots = new Map<MemberId, MemberId>();
  const rootOf = (account: MemberId): MemberId => {
    let at = groups.rootOf(account);
    for (let next = roots.get(at); next !== undefined; next = roots.get(at)) at = next;
    return at;
  };
  return {
    together: (left: MemberId, right: MemberId): boolean => rootOf(left) === rootOf(right),
    join: (left: MemberId, right: MemberId): void => {
      roots.set(rootOf(right), rootOf(left));
    },
  };
}

/** Who brought the person was paid for two: the second share goes back. */
function secondReferral(states: States, into: MemberId, from: MemberId): OwnFact[] {
  const paid = states.get(from)?.referral.paid ?? null;
  if (paid === null || (states.get(into)?.referral.paid ?? null) === null) return [];
  const gifts = states.get(from)?.sales.find(({ sale }) => sale === paid)?.gifts ?? [];
  return gifts.flatMap((gift): OwnFact[] => {
    if (gift.reason !== 'referrer' || gift.amount === 0) return [];
    const { member, wallet, amount } = gift;
    const reason = 'The member whom you brought was enrolled twice.';
    return [{ kind: 'adjust', member, body: { wallet, amount: points(-amount), reason } }];
  });
}
