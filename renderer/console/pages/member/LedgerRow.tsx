import type { ReactNode } from 'react';
import { FlagChips } from '../../components/FlagChips.tsx';
import { placeWords } from '../../words/entry-words.ts';
import { useAmounts, useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';
import type { LedgerLine } from '../../words/running-balances.ts';
import { EntryTime } from '../entries/EntryTime.tsx';
import { OpenEntryButton } from '../entries/OpenEntryButton.tsx';

export function LedgerRow({ line }: { line: LedgerLine }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const amounts = useAmounts();
  const { entry, effects, wallets } = line;
  return (
    <tr>
      <td>
        <EntryTime entry={entry} />
      </td>
      <td>
        <span className="ledger-line">
          <OpenEntryButton entry={entry} />
          {entry.money === null ? null : <span>{formats.money(entry.money)}</span>}
          <FlagChips flags={entry.flags} />
        </span>
        <span className="table-soft">{placeWords(entry, say)}</span>
        {entry.receipt === null ? null : (
          <span className="table-soft">{say('entry.receipt.number', { receipt: entry.receipt })}</span>
        )}
      </td>
      <td>
        {effects.map((effect) => (
          <span key={`${effect.kind} ${effect.wallet}`} className={`change ${effect.amount > 0 ? 'change-gain' : ''}`}>
            {amounts.effect(effect)}
          </span>
        ))}
      </td>
      <td className="table-number">
        {wallets.map(({ wallet, after }) => (
          <span key={wallet} className="change">
            {amounts.balance(wallet, after)}
          </span>
        ))}
      </td>
    </tr>
  );
}
