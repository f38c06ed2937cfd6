import { Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberSummary } from '../../../../sync/protocol/console.ts';
import { Chip } from '../../../ui/chip/Chip.tsx';
import { hrefOf } from '../../routing/route.ts';
import { useAmounts, useFormats } from '../../words/formats-context.tsx';
import { Text, useSay } from '../../words/intl.ts';

export function MemberRow({ member, wallets }: { member: MemberSummary; wallets: readonly string[] }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const amounts = useAmounts();
  const balances = new Map(member.balances.map(({ wallet, balance }) => [wallet, balance]));
  return (
    <tr>
      <td>
        <span className="members-name">
          <a className="row-open" href={hrefOf({ page: 'member', id: member.id })}>
            {member.displayName ?? say('entry.nameless')}
          </a>
          {member.blocked ? (
            <Chip tone="bad" icon={Ban}>
              <Text id="member.blocked" />
            </Chip>
          ) : null}
        </span>
      </td>
      <td className="soft">
        {member.cards.map((card) => (
          <span key={card} className="members-card">
            {card}
          </span>
        ))}
      </td>
      {wallets.map((wallet) => (
        <td key={wallet} className="table-number">
          {amounts.plain(wallet, balances.get(wallet) ?? 0)}
        </td>
      ))}
      <td className="table-number">{formats.number(member.visits)}</td>
      <td className="table-number">{formats.date(member.joined)}</td>
    </tr>
  );
}
