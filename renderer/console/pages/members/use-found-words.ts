import type { MembersState } from '../../state/console-state.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';

/** How many the search found; nothing while there is none. */
export function useFoundWords({ search, rows, next }: MembersState): string {
  const say = useSay();
  const formats = useFormats();
  if (search === null || search === '') return '';
  const shown = formats.number(rows.length);
  return next === null ? say('members.found', { count: rows.length, shown }) : say('members.found.more', { shown });
}
