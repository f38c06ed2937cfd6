import type { ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import '../../components/table.css';
import { Text, useSay, type MessageId } from '../../words/intl.ts';
import { EntryRow } from './EntryRow.tsx';
import { useArrivals } from './use-arrivals.ts';

const COLUMNS: readonly MessageId[] = [
  'column.time',
  'column.where',
  'column.kind',
  'column.member',
  'column.money',
  'column.changes',
  'column.receipt',
  'column.flags',
];

const NUMBERS: ReadonlySet<MessageId> = new Set(['column.money', 'column.changes']);

/** `entries`: null while they load. */
export function EntriesTable({ entries }: { entries: readonly ConsoleEntry[] | null }): ReactNode {
  const say = useSay();
  const isNew = useArrivals(entries === null ? null : (entries[0]?.position ?? 0));
  return (
    <table className="table entries-table" aria-label={say('entries.table')} aria-busy={entries === null}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={NUMBERS.has(column) ? 'table-number' : ''}>
              <Text id={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries === null ? <SkeletonRows columns={COLUMNS} twoLines /> : null}
        {entries?.map((entry) => (
          <EntryRow key={entry.position} entry={entry} isNew={isNew(entry.position)} />
        ))}
      </tbody>
    </table>
  );
}
