import type { ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import { Facts, type Fact } from '../../components/Facts.tsx';
import { Text, useSay, type MessageId } from '../../words/intl.ts';
import { EntryChanges } from './EntryChanges.tsx';
import { EntryFlags } from './EntryFlags.tsx';
import { PostingsTable } from './PostingsTable.tsx';
import { useEntryFacts } from './use-entry-facts.tsx';

export function EntryDetails({ entry }: { entry: ConsoleEntry }): ReactNode {
  const say = useSay();
  const facts = useEntryFacts(entry);
  const chain: Fact[] = [
    { name: say('entry.sequence'), value: entry.seq },
    { name: say('entry.incarnation'), value: <span className="mono">{entry.inc}</span> },
    { name: say('entry.position'), value: entry.position },
    { name: say('entry.id'), value: <span className="mono">{entry.id}</span> },
    { name: say('entry.hash'), value: <span className="mono">{entry.hash}</span> },
  ];
  return (
    <div className="drawer-body">
      <Facts facts={facts} />
      {entry.flags.length === 0 ? null : (
        <Part name="entry.flags">
          <EntryFlags flags={entry.flags} />
        </Part>
      )}
      <Part name="entry.changes">
        <EntryChanges entry={entry} />
      </Part>
      <Part name="entry.postings">
        <PostingsTable postings={entry.postings} />
      </Part>
      <Part name="entry.chain">
        <Facts facts={chain} />
      </Part>
    </div>
  );
}

function Part(props: { name: MessageId; children: ReactNode }): ReactNode {
  return (
    <section className="drawer-part">
      <h3 className="drawer-part-title">
        <Text id={props.name} />
      </h3>
      {props.children}
    </section>
  );
}
