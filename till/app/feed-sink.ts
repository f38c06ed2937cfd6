/**
 * What the feed brings, put where it belongs. Programmes, grants and what head office's own stream says go to ledger.db first, what is called
 * back is given back, then rows and cursor go to members.db: never the other way round, or a cut would skip them.
 */
import type { MemberId } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import type { AppliedPage, FeedSink } from '../../sync/client/ports.ts';
import type { TillStore } from '../store/till-store.ts';
import type { GiveBack } from './allowances/give-back.ts';
import { settleOverdrafts } from './allowances/overdraft-use.ts';
import { takeGrants } from './allowances/take-grants.ts';

/** What a page of the feed changed, for screens that show it. */
export type ChangedRows = {
  readonly members: readonly MemberId[];
  readonly programmes: boolean;
  readonly catalogue: boolean;
};

export function feedSink(
  store: TillStore,
  giveBack: Pick<GiveBack, 'recalled' | 'granted'>,
  rowsChanged: (rows: ChangedRows) => void,
): FeedSink {
  return {
    cursor: () => store.members.cursor(),
    apply: (page) => {
      const { programmes, granted } = store.transact(() => {
        addOfficeEntries(store, page);
        return { programmes: addProgrammes(store, page), granted: takeGrants(store, page.epoch, grantsIn(page)) };
      });
      if (granted.length > 0) giveBack.granted();
      giveBack.recalled(page.rows.filter((row) => row.kind === 'member'));
      const put = store.transactMembers(() => putRows(store, page));
      settleOverdrafts(store);
      const members = [...new Set([...put, ...granted])];
      const catalogue = page.rows.some(({ kind }) => kind === 'catalogue');
      if (page.rows.length > 0) rowsChanged({ members, programmes, catalogue });
    },
  };
}

function addOfficeEntries({ officeEntries }: TillStore, { rows }: AppliedPage): void {
  for (const row of rows) if (row.kind === 'office-entry') officeEntries.add(row);
}

function grantsIn({ rows }: AppliedPage): readonly SignedGrant[] {
  return rows.flatMap((row) => (row.kind === 'grant' ? [row.grant] : []));
}

function addProgrammes(store: TillStore, { rows }: AppliedPage): boolean {
  let added = false;
  for (const row of rows) {
    if (row.kind !== 'programme') continue;
    if (sha256(row.text) !== row.hash)
      throw new Error(`programme version ${row.version} came with another text than its hash says`);
    added = store.programmes.add({ hash: row.hash, version: row.version, text: row.text }) || added;
  }
  if (added) store.memberCache.forget();
  return added;
}

function putRows(store: TillStore, page: AppliedPage): MemberId[] {
  const { epoch, rows, serverTime } = page;
  const changed: MemberId[] = [];
  for (const row of rows) {
    switch (row.kind) {
      case 'member':
        if (store.members.put(row, epoch, serverTime)) changed.push(row.member);
        break;
      case 'sale':
        store.sales.put(row, epoch);
        break;
      case 'catalogue':
        store.members.putDocument('catalogue', JSON.stringify(row.catalogue));
        break;
      case 'store':
        store.members.putDocument('store', JSON.stringify(row));
        break;
      case 'programme':
      case 'grant':
      case 'office-entry':
        break; // in ledger.db by now
      default:
        row satisfies never;
    }
  }
  moveCursor(store, page);
  return changed;
}

/** A part of the feed leaves the cursor of the whole alone. */
function moveCursor(store: TillStore, { epoch, next, serverTime, complete, part = 'all' }: AppliedPage): void {
  if (part === 'first') return;
  if (complete) store.sales.dropOtherEpochs(epoch);
  if (part === 'beside-members') {
    const upTo = store.snapshot.origin()?.position ?? 0;
    return store.snapshot.setBeside(complete || next >= upTo ? null : next);
  }
  if (complete) store.members.dropOtherEpochs(epoch);
  return store.members.setCursor(epoch, next, serverTime);
}
