import type { ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import { effectsOn } from '../../words/effects.ts';
import { useAmounts } from '../../words/formats-context.tsx';
import { Text } from '../../words/intl.ts';

/** `Earned 7 points`, a line for each. */
export function EntryChanges({ entry }: { entry: ConsoleEntry }): ReactNode {
  const amounts = useAmounts();
  const sentences = effectsOn(entry.postings).map((effect) => amounts.effect(effect));
  if (sentences.length === 0) {
    return (
      <p className="soft">
        <Text id="entry.changes.none" />
      </p>
    );
  }
  return (
    <ul>
      {[...new Set(sentences)].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
