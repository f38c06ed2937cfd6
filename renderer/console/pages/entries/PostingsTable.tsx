import type { ReactNode } from 'react';
import '../../components/table.css';
import { accountWords } from '../../words/entry-words.ts';
import type { Postings } from '../../words/effects.ts';
import { useAmounts } from '../../words/formats-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { postingKeys } from './posting-keys.ts';

export function PostingsTable({ postings }: { postings: Postings }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  if (postings.length === 0) {
    return (
      <p className="soft">
        <Text id="entry.postings.none" />
      </p>
    );
  }
  return (
    <table className="table drawer-postings" aria-label={say('entry.postings')}>
      <thead>
        <tr>
          <th scope="col">{say('column.account')}</th>
          <th scope="col">{say('column.wallet')}</th>
          <th scope="col" className="table-number">
            {say('column.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {postingKeys(postings).map(({ key, posting }) => (
          <tr key={key}>
            <td>{accountWords(posting.account, say)}</td>
            <td>{amounts.walletName(posting.wallet)}</td>
            <td className="table-number">{amounts.signed(posting.wallet, posting.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
