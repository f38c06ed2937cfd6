import { memo, type ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import '../../components/arriving.css';
import { Changes } from '../../components/Changes.tsx';
import { FlagChips } from '../../components/FlagChips.tsx';
import { MemberLink } from '../../components/MemberLink.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';
import { EntryTime } from './EntryTime.tsx';
import { OpenEntryButton } from './OpenEntryButton.tsx';

/** Remembered: of hundreds of rows one news changes none. */
export const EntryRow = memo(function EntryRow(props: { entry: ConsoleEntry; isNew: boolean }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const { entry } = props;
  const nothing = <span className="soft">{say('app.nothing')}</span>;
  return (
    <tr className={props.isNew ? 'arriving' : ''}>
      <td>
        <EntryTime entry={entry} />
      </td>
      <td>
        {entry.storeName}
        {entry.tillName === entry.storeName ? null : <span className="table-soft">{entry.tillName}</span>}
      </td>
      <td>
        <OpenEntryButton entry={entry} />
      </td>
      <td>
        <MemberLink id={entry.member} name={entry.memberName} />
      </td>
      <td className="table-number">{entry.money === null ? nothing : formats.money(entry.money)}</td>
      <td className="table-number">
        <Changes postings={entry.postings} />
      </td>
      <td className="entries-receipt">{entry.receipt ?? nothing}</td>
      <td>
        <span className="entries-flags">
          <FlagChips flags={entry.flags} />
        </span>
      </td>
    </tr>
  );
});
