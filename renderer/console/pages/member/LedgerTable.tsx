import type { ReactNode } from 'react';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import '../../components/table.css';
import { Text, useSay, type MessageId } from '../../words/intl.ts';
import type { LedgerLine } from '../../words/running-balances.ts';
import { LedgerRow } from './LedgerRow.tsx';

const COLUMNS: readonly MessageId[] = ['column.time', 'column.kind', 'column.effect', 'column.after'];

/** `lines`: null while they load. */
export function LedgerTable({ lines }: { lines: readonly LedgerLine[] | null }): ReactNode {
  const say = useSay();
  return (
    <table className="table" aria-label={say('member.ledger.table')} aria-busy={lines === null}>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={column === 'column.after' ? 'table-number' : ''}>
              <Text id={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines === null ? <SkeletonRows columns={COLUMNS} twoLines /> : null}
        {lines?.map((line) => (
          <LedgerRow key={line.entry.position} line={line} />
        ))}
      </tbody>
    </table>
  );
}
