import type { ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import { lateMs } from '../../words/entry-words.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';
import { useNow } from '../../words/use-now.ts';

/** When it was written, and how much later it came where that matters. */
export function EntryTime({ entry }: { entry: ConsoleEntry }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const late = lateMs(entry);
  return (
    <>
      <time dateTime={new Date(entry.writtenAt).toISOString()}>{formats.when(entry.writtenAt, now)}</time>
      {late === null ? null : (
        <span className="table-soft">{say('entry.late', { duration: formats.duration(late) })}</span>
      )}
    </>
  );
}
