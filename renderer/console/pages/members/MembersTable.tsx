import type { ReactNode } from 'react';
import type { MemberSummary } from '../../../../sync/protocol/console.ts';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import '../../components/table.css';
import { useAmounts } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';
import { MemberRow } from './MemberRow.tsx';
import { walletColumns } from './wallet-columns.ts';

const PLACES = ['name', 'cards', 'balance', 'visits', 'joined'];

/** `rows`: null while the first ones load. `busy`: another search runs, and these are from before. */
export function MembersTable({ rows, busy }: { rows: readonly MemberSummary[] | null; busy: boolean }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const wallets = walletColumns(rows ?? []);
  return (
    <table
      className={`table ${busy && rows !== null ? 'table-busy' : ''}`}
      aria-label={say('members.table')}
      aria-busy={busy || rows === null}
    >
      <thead>
        <tr>
          <th scope="col">{say('column.member')}</th>
          <th scope="col">{say('column.cards')}</th>
          {wallets.map((wallet) => (
            <th key={wallet} scope="col" className="table-number">
              {amounts.walletName(wallet)}
            </th>
          ))}
          {rows === null ? <th scope="col">{say('column.wallet')}</th> : null}
          <th scope="col" className="table-number">
            {say('column.visits')}
          </th>
          <th scope="col" className="table-number">
            {say('column.joined')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows === null ? <SkeletonRows columns={PLACES} /> : null}
        {rows?.map((member) => (
          <MemberRow key={member.id} member={member} wallets={wallets} />
        ))}
      </tbody>
    </table>
  );
}
