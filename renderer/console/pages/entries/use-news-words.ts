import { WAITING_ENTRIES_MAX, type LiveList } from '../../live/live-list.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';

/** How much news waits above the list; null: none. */
export function useNewsWords({ waiting }: LiveList): string | null {
  const say = useSay();
  const formats = useFormats();
  const count = waiting.length;
  if (count === 0) return null;
  const shown = formats.number(count);
  return count >= WAITING_ENTRIES_MAX ? say('entries.new.many', { shown }) : say('entries.new', { count, shown });
}
