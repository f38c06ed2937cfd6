import type { ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import { KindIcon } from '../../components/KindIcon.tsx';
import { useConsoleActions } from '../../state/console-context.tsx';
import { kindWords } from '../../words/entry-words.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';
import { useNow } from '../../words/use-now.ts';

/** An entry's kind; pressing it, or its row, opens the details. */
export function OpenEntryButton({ entry }: { entry: ConsoleEntry }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const { openEntry } = useConsoleActions();
  const kind = kindWords(entry.kind, say);
  return (
    <button
      type="button"
      className="row-open row-open-kind"
      aria-label={say('entry.open', { kind, time: formats.when(entry.writtenAt, useNow()) })}
      onClick={() => openEntry(entry)}
    >
      <KindIcon kind={entry.kind} />
      {kind}
    </button>
  );
}
