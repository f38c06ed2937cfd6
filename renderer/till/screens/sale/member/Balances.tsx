import type { ReactNode } from 'react';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { useActions, useAmounts } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import { useDates } from '../../../words/use-dates.ts';
import { walletNews } from './member-view.ts';

/** Every wallet, with what of it is pending and what ends soon; pressed, it shows its lots. */
export function Balances({ member }: { member: MemberView }): ReactNode {
  const say = useSay();
  return (
    <ul className="balances" aria-label={say('member.balances')}>
      {member.balances.map((balance) => (
        <Balance key={balance.wallet} balance={balance} member={member} />
      ))}
    </ul>
  );
}

function Balance(props: { balance: MemberView['balances'][number]; member: MemberView }): ReactNode {
  const amounts = useAmounts();
  const actions = useActions();
  const { wallet, name, kind, balance: amount, spendable, offline } = props.balance;
  const shown = kind === 'money' ? amounts.money(amount) : new Intl.NumberFormat(amounts.locale).format(amount);
  return (
    <li>
      <button type="button" className="balance" onClick={() => void actions.explainMember(wallet)}>
        <span>
          <span className="balance-amount">{shown}</span> <span className="balance-name">{name}</span>
        </span>
        {spendable === Math.max(0, amount) || isSaidByPending(props.member, wallet, amount - spendable) ? null : (
          <span className="balance-news">
            <Text id="member.spendable" values={{ amount: plain(spendable, kind, amounts) }} />
          </span>
        )}
        {spendable === 0 ? null : (
          <span className="balance-news">
            <Text id="member.offline" values={{ amount: plain(offline, kind, amounts) }} />
          </span>
        )}
        <News wallet={wallet} kind={kind} member={props.member} />
      </button>
    </li>
  );
}

/** The whole of what cannot be spent ripens on one date, which is said anyway. */
function isSaidByPending({ pending }: MemberView, wallet: string, unspendable: number): boolean {
  const [only, ...others] = pending.filter((lot) => lot.wallet === wallet);
  return others.length === 0 && only?.amount === unspendable;
}

function News(props: { wallet: string; kind: Kind; member: MemberView }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const dates = useDates();
  const { ripening, ending } = walletNews(props.member, props.wallet);
  const lines = [
    ...ripening.shown.map((lot) =>
      say('member.pending', {
        amount: plain(lot.amount, props.kind, amounts),
        date: dates.nearDay(lot.from),
        more: ripening.more,
      }),
    ),
    ...ending.shown.map((lot) =>
      say('member.ending', {
        amount: plain(lot.amount, props.kind, amounts),
        date: dates.nearLastDay(lot.end),
        more: ending.more,
      }),
    ),
  ];
  return lines.map((line) => (
    <span key={line} className="balance-news">
      {line}
    </span>
  ));
}

type Kind = MemberView['balances'][number]['kind'];

/** Beside the wallet's own name, a number says enough. */
function plain(amount: number, kind: Kind, amounts: ReturnType<typeof useAmounts>): string {
  return kind === 'money' ? amounts.money(amount) : new Intl.NumberFormat(amounts.locale).format(amount);
}
