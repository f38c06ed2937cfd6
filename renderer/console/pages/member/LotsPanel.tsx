import { useState, type ReactNode } from 'react';
import type { MemberDetail } from '../../../../sync/protocol/console.ts';
import { lastDayBefore } from '../../../ui/i18n/last-day.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Panel } from '../../../ui/panel/Panel.tsx';
import '../../components/table.css';
import { useAmounts, useFormats } from '../../words/formats-context.tsx';
import { Text, useSay, type MessageId } from '../../words/intl.ts';

type Lot = NonNullable<MemberDetail['lots']>[number];

const LOTS_SHOWN = 5;
const COLUMNS: readonly MessageId[] = ['column.left', 'column.earned', 'column.spendable'];

/** What the balances are made of, in spending order; the first few until somebody wants all. */
export function LotsPanel({ member }: { member: MemberDetail | null }): ReactNode {
  const say = useSay();
  const [all, setAll] = useState(false);
  const lots = member?.lots ?? [];
  const more = lots.length - LOTS_SHOWN;
  return (
    <Panel
      title={say('member.lots')}
      className="lots"
      aside={
        more > 0 ? (
          <Button onPress={() => setAll(!all)}>
            {all ? <Text id="member.lots.fewer" /> : <Text id="member.lots.all" values={{ count: lots.length }} />}
          </Button>
        ) : null
      }
    >
      <table className="table" aria-label={say('member.lots')} aria-busy={member === null}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                <Text id={column} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(all ? lots : lots.slice(0, LOTS_SHOWN)).map((lot, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- lots have no names, and stay where they are
            <LotRow key={index} lot={lot} />
          ))}
          {lots.length > 0 ? null : (
            <tr>
              <td colSpan={COLUMNS.length} className="soft">
                <Text id={member === null ? 'member.lots.loading' : 'member.lots.none'} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </Panel>
  );
}

function LotRow({ lot: { wallet, amount, earned, from, end } }: { lot: Lot }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const amounts = useAmounts();
  const span = [
    ...(from === null ? [] : [say('member.lot.from', { date: formats.date(from) })]),
    ...(end === null ? [] : [say('member.lot.until', { date: formats.date(lastDayBefore(end)) })]),
  ];
  return (
    <tr>
      <td>{amounts.balance(wallet, amount)}</td>
      <td>{formats.date(earned)}</td>
      <td>{span.length === 0 ? say('member.lot.always') : span.join(' ')}</td>
    </tr>
  );
}
