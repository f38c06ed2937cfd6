import type { ReactNode } from 'react';
import type { MemberDetail } from '../../../../sync/protocol/console.ts';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useAmounts } from '../../words/formats-context.tsx';
import { Text, useSay } from '../../words/intl.ts';

/** A figure for each wallet. */
export function Balances({ member }: { member: MemberDetail | null }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  if (member?.balances.length === 0) {
    return (
      <p className="soft">
        <Text id="member.noWallets" />
      </p>
    );
  }
  return (
    <section aria-label={say('member.balances')}>
      <dl className="balances">
        {member === null ? (
          <div className="balance" aria-hidden>
            <dt className="balance-name">
              <Skeleton />
            </dt>
            <dd className="balance-units">
              <Skeleton width="short" />
            </dd>
          </div>
        ) : null}
        {member?.balances.map(({ wallet, name, balance }) => (
          <div key={wallet} className="balance">
            <dt className="balance-name">{name}</dt>
            <dd className={`balance-units ${balance < 0 ? 'balance-below' : ''}`}>{amounts.plain(wallet, balance)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
