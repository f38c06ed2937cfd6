/**
 * Head office's decisions over allowances, in memory, made of the same pure rules as the real ones (ledger/allowances): what is out, what is free,
 * who gets it, whom it is called back from.
 */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, MemberId, WalletId } from '../../../base/ids.ts';
import { type Signer, signer } from '../../../base/node/signing.ts';
import { points } from '../../../base/numbers.ts';
import { freeOf, planGrant, type Standing, standingOf } from '../../../ledger/allowances/grant.ts';
import { type Grant, grantText } from '../../../ledger/allowances/grant-text.ts';
import { isOpen, type PartKey } from '../../../ledger/allowances/part.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import { cheapestReward, sizeGrants } from '../../../ledger/allowances/sizing.ts';
import { leadOf } from '../../../ledger/fold/accounts.ts';
import type { MemberState } from '../../../ledger/member-state.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { AllowancesAnswer, Want } from '../../../sync/protocol/allowances.ts';
import type { Organisation } from '../../../sync/server/store/organisation.ts';
import type { Tables } from '../memory-store/tables.ts';
import { changeRow, leftIn, rowName } from './count.ts';

/** K and V. */
const SIZING = { perMember: 60, perTill: 150 };

export type Office = {
  readonly tables: Tables;
  readonly org: Organisation;
  readonly today: BusinessDate;
  readonly programme: Programme | undefined;
};

export function stateOf({ states }: Tables, account: MemberId): MemberState | undefined {
  const row = states.get(account);
  return row && (JSON.parse(row.state) as MemberState); // as the fold wrote it
}

export function rootOf(tables: Tables, account: MemberId): MemberId {
  return leadOf(account, { get: (id) => stateOf(tables, id) });
}

/** All ids that lead to it; the rights of each stay its own (E10). */
export function idsOf(tables: Tables, root: MemberId): readonly MemberId[] {
  const accounts = tables.states.keys() as MemberId[]; // the keys of this table
  return RULES.E10 ? accounts.filter((account) => rootOf(tables, account) === root) : [root];
}

export type Out = { readonly inc: IncarnationId; readonly end: BusinessDate | null; readonly amount: number };

/** What is out of a wallet, ended ones and fenced tills' included (E5). */
export function outOf({ tables, today }: Pick<Office, 'tables' | 'today'>, root: MemberId, wallet: WalletId): Out[] {
  const ids = new Set(idsOf(tables, root));
  return tables.allowances.values().flatMap((row) => {
    const { inc, key } = row;
    if (!ids.has(key.account) || key.wallet !== wallet || tables.closed.has(inc)) return [];
    if (!RULES.E5 && (tables.fenced.has(inc) || !isOpen(key, today))) return [];
    const amount = leftIn(row);
    return amount > 0 ? [{ inc, end: key.end, amount }] : [];
  });
}

export function standing(office: Office, root: MemberId, wallet: WalletId): Standing {
  const state = stateOf(office.tables, root);
  return standingOf(state?.wallets[wallet], outOf(office, root, wallet), office.today);
}

export function freeIn(office: Office, account: MemberId, wallet: WalletId): number {
  return freeOf(standing(office, rootOf(office.tables, account), wallet));
}

/** Nothing for those that are shut out, ended, or that somebody else writes under (E4). */
function mayGet({ tables }: Office, inc: IncarnationId): boolean {
  const stream = tables.incarnations.get(inc);
  if (stream === undefined || tables.fenced.has(inc) || tables.closed.has(inc) || stream.brokenAt !== null) return false;
  return !RULES.E4 || stream.forkedAt === null;
}

export function give(office: Office, inc: IncarnationId, root: MemberId, wallet: WalletId, want: number): number {
  if (!mayGet(office, inc)) return 0;
  const plan = planGrant(standing(office, root, wallet), want, office.today);
  for (const { end, amount } of plan) grant(office, inc, { account: root, wallet, end }, amount);
  return plan.reduce((sum, { amount }) => sum + amount, 0);
}

function grant({ tables, org }: Office, inc: IncarnationId, key: PartKey, amount: number): void {
  changeRow(tables, inc, key, ({ counters }) => ({ counters: { ...counters, granted: points(counters.granted + amount) } }));
  const granted = tables.allowances.get(rowName(inc, key))?.counters.granted ?? points(0);
  const text: Grant = { inc, epoch: org.epoch, ...key, granted, at: tables.foldedTo.get(inc) ?? genesisOf(tables, inc) };
  const signed = { ...text, signature: signerOf(org).sign(grantText(text)) };
  tables.grants.set(rowName(inc, key), { position: nextPosition(tables), grant: signed });
}

/** Making one costs as much as several signatures. */
let kept: Signer | undefined;

function signerOf({ signing }: Organisation): Signer {
  if (kept?.publicKey !== signing.publicKey) kept = signer(signing);
  return kept;
}

function genesisOf(tables: Tables, inc: IncarnationId): Grant['at'] {
  const genesis = tables.genesis.get(inc);
  if (genesis === undefined) throw new Error(`no genesis of ${inc}`);
  return { seq: 0, head: genesis };
}

function nextPosition({ counters }: Tables): number {
  const position = (counters.get('feed') ?? 0) + 1;
  counters.set('feed', position);
  return position;
}

/** A till asks while somebody waits. */
export function acquire(office: Office, inc: IncarnationId, wants: readonly Want[]): AllowancesAnswer['state'] {
  const { tables } = office;
  if (tables.fenced.has(inc)) return 'fenced';
  let answer: AllowancesAnswer['state'] = 'granted';
  for (const { account, wallet, amount } of wants) {
    const root = rootOf(tables, account);
    const given = give(office, inc, root, wallet, amount);
    if (given >= amount) continue;
    const elsewhere = outOf(office, root, wallet).some((out) => out.inc !== inc);
    if (elsewhere) recall(tables, root, inc);
    answer = elsewhere ? 'recalling' : answer === 'recalling' ? answer : 'none';
  }
  if (answer === 'granted') for (const { account } of wants) stopRecall(tables, rootOf(tables, account));
  return answer;
}

export function recall(tables: Tables, root: MemberId, wanted: IncarnationId): void {
  if (tables.recalls.get(root)?.wanted === wanted) return;
  tables.recalls.set(root, { wanted });
  newVersion(tables, root);
}

function stopRecall(tables: Tables, root: MemberId): void {
  if (!tables.recalls.has(root)) return;
  tables.recalls.delete(root);
  newVersion(tables, root);
}

function newVersion(tables: Tables, root: MemberId): void {
  const row = tables.states.get(root);
  if (row !== undefined) tables.states.set(root, { ...row, version: row.version + 1, position: nextPosition(tables) });
}

/** Nobody: whoever holds any of it gives it back. */
const NOBODY = 'nobody' as IncarnationId; // no incarnation has it

/** After a fold, for accounts that it changed: grants without asking, and recalls what nothing stands behind any more (E9). */
export function settle(office: Office, accounts: readonly MemberId[]): void {
  const { tables, programme } = office;
  if (programme === undefined) return;
  for (const root of new Set(accounts.map((account) => rootOf(tables, account)))) {
    let below = false;
    for (const { id: wallet } of programme.wallets) {
      const now = standing(office, root, wallet);
      const held = now.out.reduce((sum, { amount }) => sum + amount, 0);
      below ||= now.balance < held;
      const free = freeOf(now);
      if (free <= 0 || tables.recalls.has(root)) continue;
      const usual = usualTills(office, root, wallet);
      for (const { inc, amount } of sizeGrants(points(free), cheapestReward(programme, wallet), usual, SIZING)) give(office, inc, root, wallet, amount);
    }
    if (RULES.E9 && below && !tables.recalls.has(root)) recall(tables, root, NOBODY);
    else if (!below && tables.recalls.get(root)?.wanted === NOBODY) stopRecall(tables, root);
    const wanted = tables.recalls.get(root)?.wanted;
    const outElsewhere = programme.wallets.some(({ id }) => outOf(office, root, id).some(({ inc }) => inc !== wanted));
    if (wanted !== undefined && !outElsewhere) stopRecall(tables, root);
  }
}

/** Where the member was last, first. */
function usualTills(office: Office, root: MemberId, wallet: WalletId) {
  const { tables } = office;
  const ids = idsOf(tables, root);
  const positions = ids.flatMap((id) => tables.byAccount.get(id) ?? []).toSorted((left, right) => right - left);
  const incs = positions.flatMap((position) => tables.entries.get(String(position))?.inc ?? []);
  const usual = [...new Set(incs)].filter((inc) => mayGet(office, inc) && tables.incarnations.get(inc)?.privateKey === null);
  const out = outOf(office, root, wallet);
  const all = tables.allowances.values().filter(({ key }) => key.wallet === wallet);
  return usual.map((inc) => ({
    inc,
    held: out.reduce((sum, part) => (part.inc === inc ? sum + part.amount : sum), 0),
    heldInAll: all.reduce((sum, row) => (row.inc === inc ? sum + leftIn(row) : sum), 0),
  }));
}
