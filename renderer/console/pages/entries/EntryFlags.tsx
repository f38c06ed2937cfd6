import type { ReactNode } from 'react';
import { FlagChips } from '../../components/FlagChips.tsx';
import { flagMeaning } from '../../words/entry-words.ts';
import { useSay } from '../../words/intl.ts';

/** Each flag with what it means. */
export function EntryFlags(props: { flags: readonly string[] }): ReactNode {
  const say = useSay();
  return (
    <ul className="drawer-flags">
      {props.flags.map((flag) => (
        <li key={flag} className="drawer-flag">
          <FlagChips flags={[flag]} />
          <span>{flagMeaning(flag, say)}</span>
        </li>
      ))}
    </ul>
  );
}
