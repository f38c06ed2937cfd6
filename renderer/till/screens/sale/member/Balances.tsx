import type { ReactNode } from 'react';
import type { MemberView } from '../../../../../till/contract/shapes.ts';
import { useAmounts } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';

/** Every wallet; what can be spent is said where it is not all of it. */
export function Balances({ balances }: { balances: MemberView['balances'] }): ReactNode {
  const say = useSay();
  return (
    <ul className="balances" aria-label={say('member.balances')}>
      {balances.map((balance) => (
        <Balance key={balance.wallet} balance={balance} />
      ))}
    </ul>
  );
}

function Balance({ balance }: { balance: MemberView['balances'][number] }): ReactNode {
  const amounts = useAmounts();
  const { wallet, name, kind, balance: amount, spendable } = balance;
  const shown = kind === 'money' ? amounts.money(amount) : new Intl.NumberFormat(amounts.locale).format(amount);
  return (
    <li className="balance">
      <span className="balance-amount">{shown}</span> <span className="balance-name">{name}</span>
      {spendable === Math.max(0, amount) ? null : (
        <span className="balance-spendable">
          <Text id="member.spendable" values={{ amount: amounts.wallet({ wallet, amount: spendable }) }} />
        </span>
      )}
    </li>
  );
}
