import { useState, type ReactNode } from 'react';
import type { MemberExplanation } from '../../../../till/contract/explain-shapes.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { useAmounts } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { useDates } from '../../words/use-dates.ts';
import { firstOf } from '../sale/member/member-view.ts';

type Wallet = MemberExplanation['wallets'][number];
type Lot = Wallet['lots'][number];

const LOTS_SHOWN = 8;

/** A balance lot by lot, in the order in which they are spent. */
export function LotsExplained({ wallet }: { wallet: Wallet }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const write = (amount: number): string => amounts.wallet({ wallet: wallet.wallet, amount });
  const [all, setAll] = useState(false);
  const { shown, more } = firstOf(wallet.lots, all ? wallet.lots.length : LOTS_SHOWN);
  const lead = say(wallet.balance === wallet.spendable ? 'explain.balance' : 'explain.balance.part', {
    balance: write(wallet.balance),
    spendable: write(wallet.spendable),
  });
  return (
    <>
      <p className="explain-lead">{lead}</p>
      {wallet.below === 0 ? null : (
        <p>
          <Text id="explain.below" values={{ amount: write(wallet.below) }} />
        </p>
      )}
      {wallet.lots.length === 0 ? (
        <p className="explain-none">
          <Text id="explain.lots.none" />
        </p>
      ) : (
        <table className="explain-table">
          <thead>
            <tr>
              <th scope="col" className="explain-number">
                <Text id="explain.lot.left" />
              </th>
              <th scope="col">
                <Text id="explain.lot.earned" />
              </th>
              <th scope="col">
                <Text id="explain.lot.by" />
              </th>
              <th scope="col">
                <Text id="explain.lot.spendable" />
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((lot, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- lots have no names, and stay where they are
              <LotRow key={index} lot={lot} write={write} />
            ))}
          </tbody>
        </table>
      )}
      {all || more === 0 ? null : (
        <Button wide className="explain-more" onPress={() => setAll(true)}>
          <Text id="explain.lots.more" values={{ count: more }} />
        </Button>
      )}
    </>
  );
}

function LotRow({ lot, write }: { lot: Lot; write: (amount: number) => string }): ReactNode {
  const say = useSay();
  const dates = useDates();
  return (
    <tr className={`lot lot-${lot.state}`}>
      <td className="explain-number">{write(lot.amount)}</td>
      <td>{dates.day(lot.earned)}</td>
      <td>
        {lot.sale === null ? <Text id="explain.lot.gift" /> : null}
        {lot.sale !== null && lot.receipt === null ? <Text id="explain.lot.elsewhere" /> : null}
        {lot.receipt === null ? null : <Text id="recent.receipt" values={{ receipt: lot.receipt }} />}
      </td>
      <td>{spanWords(lot, say, dates)}</td>
    </tr>
  );
}

function spanWords(
  { state, from, end }: Lot,
  say: ReturnType<typeof useSay>,
  dates: ReturnType<typeof useDates>,
): string {
  if (state === 'ended') return say('explain.lot.ended', { date: dates.day(end ?? '') });
  const parts = [
    ...(state === 'pending' && from !== null ? [say('explain.lot.from', { date: dates.day(from) })] : []),
    ...(end === null ? [] : [say('explain.lot.until', { date: dates.lastDay(end) })]),
  ];
  return parts.length === 0 ? say('explain.lot.always') : parts.join(' ');
}
