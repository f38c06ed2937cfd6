/** What must hold once all is exchanged, whatever happened before. */
import type { MemberId } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { genesisHead, nextHead } from '../../ledger/chain.ts';
import { type Entry, parseEntry, sumsByWallet } from '../../ledger/entry.ts';
import { foldEntries } from '../../ledger/fold/apply.ts';
import { NEW_MEMBER_STATE } from '../../ledger/member-state.ts';
import { encodeState } from '../../ledger/state-text.ts';
import { refold } from '../../sync/server/fold/refold.ts';
import { loadTerms } from '../../sync/server/programme/terms.ts';
import { type EntryRow, type Tables } from './memory-store/tables.ts';
import type { Problem, World } from './world.ts';

/** Flags that say that an entry gives nothing, or less than it says: the plain fold knows nothing of them. */
const STANDINGS = new Set([
  'pending-ref',
  'attached-twice',
  'same-receipt',
  'blocked-card',
  'claimed-twice',
  'voided-twice',
  'refunded-beyond-sale',
  'cannot-apply',
]);

export async function check(world: World): Promise<void> {
  const report = (of: Problem, what: string): void => void world.problems.push({ of, what });
  const { tables } = world.office;
  const entries = tables.entries.values();
  checkConfirmed(world, report);
  checkChains(world, entries, report);
  for (const { text } of entries) checkBalanced(text, report);
  await checkStates(world, entries, report);
}

type Report = (of: Problem, what: string) => void;

function checkConfirmed({ confirmed, office: { tables } }: World, report: Report): void {
  for (const [id, till] of confirmed) if (!tables.byId.has(id)) report('lost', `entry ${id} of ${till.slot}`);
  for (const [id, till] of confirmed)
    if ((tables.byId.get(id) ?? 0) > 1) report('duplicated', `entry ${id} of ${till.slot}`);
}

function checkChains({ office }: World, entries: readonly EntryRow[], report: Report): void {
  const { tables } = office;
  const org = office.setting().org.id;
  const streams = Map.groupBy(entries, ({ inc }) => inc);
  for (const [inc, rows] of streams) {
    const stream = tables.incarnations.get(inc);
    if (stream === undefined) return report('brokenChains', `no incarnation ${inc}`);
    const ordered = rows.toSorted((left, right) => left.seq - right.seq);
    let head =
      stream.branchOf === null
        ? genesisHead(sha256, { org, till: stream.till, inc, publicKey: stream.publicKey })
        : undefined;
    for (const [index, { seq, text, hash }] of ordered.entries()) {
      if (stream.branchOf === null && seq !== index + 1) report('brokenChains', `${inc} has a gap before ${seq}`);
      if (head !== undefined && nextHead(sha256, head, text) !== hash)
        report('brokenChains', `${inc} breaks at ${seq}`);
      head = hash;
    }
    if (stream.brokenAt !== null && stream.branchOf === null) report('brokenChains', `${inc} was found broken`);
  }
}

function checkBalanced(text: string, report: Report): void {
  const parsed = parseEntry(text);
  if (!parsed.ok) return report('unbalanced', text.slice(0, 200));
  for (const [wallet, sum] of sumsByWallet(parsed.value.entry.postings))
    if (sum !== 0) report('unbalanced', `${parsed.value.entry.id}: ${wallet} ${sum}`);
}

async function checkStates(world: World, entries: readonly EntryRow[], report: Report): Promise<void> {
  const { office } = world;
  const { database } = office.setting();
  const { states } = office.tables;
  const accounts = states.keys() as MemberId[]; // the keys of this table
  const terms = await loadTerms(database);
  const upTo = office.tables.counters.get('entry') ?? 0;
  const anew = await refold(database, accounts, { upTo, terms });
  const plain = hasStandings(office.tables) ? undefined : foldEntries(new Map(), inOrder(entries), terms);
  for (const account of accounts) {
    const stored = states.get(account)?.state ?? '';
    const fresh = anew.accounts.get(account)?.state ?? NEW_MEMBER_STATE;
    if (encodeState(fresh) !== stored) report('diverged', `head office's own fold anew of ${account}`);
    if (plain !== undefined && encodeState(plain.get(account) ?? NEW_MEMBER_STATE) !== stored)
      report('diverged', `the plain fold of ${account}`);
    for (const { slot, engine } of world.tills) {
      const seen = engine && encodeState(engine.parts.members.stateOf(account));
      if (seen !== undefined && seen !== stored) report('diverged', `${account} at ${slot}`);
    }
  }
}

function hasStandings({ flags }: Tables): boolean {
  return flags.values().some(({ code }) => STANDINGS.has(code));
}

function inOrder(rows: readonly EntryRow[]): Entry[] {
  return rows
    .toSorted((left, right) => (left.orderKey < right.orderKey ? -1 : 1))
    .flatMap(({ text }) => {
      const parsed = parseEntry(text);
      return parsed.ok && parsed.value.known ? [parsed.value.entry] : [];
    });
}
