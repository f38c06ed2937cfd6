import { Flag } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import '../../components/arriving.css';
import { Changes } from '../../components/Changes.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { useConsoleActions } from '../../state/console-context.tsx';
import { flagWords, kindWords, placeWords } from '../../words/entry-words.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';
import { useNow } from '../../words/use-now.ts';

export function FeedItem(props: { entry: ConsoleEntry; isNew: boolean }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const { openEntry } = useConsoleActions();
  const { entry } = props;
  const kind = kindWords(entry.kind, say);
  const time = formats.when(entry.writtenAt, useNow());
  return (
    <li className={`feed-item ${props.isNew ? 'arriving' : ''}`}>
      <span className="feed-icon">
        <KindIcon kind={entry.kind} />
      </span>
      <span className="feed-text">
        <span className="feed-line">
          <button
            type="button"
            className="row-open"
            aria-label={say('entry.open', { kind, time })}
            onClick={() => openEntry(entry)}
          >
            {kind}
          </button>
          <span>{entry.member === null ? '' : (entry.memberName ?? say('entry.nameless'))}</span>
          <time className="feed-time" dateTime={new Date(entry.writtenAt).toISOString()}>
            {time}
          </time>
        </span>
        <span className="feed-line">
          <span className="feed-where">{placeWords(entry, say)}</span>
          <span className="feed-change">
            <Changes postings={entry.postings} />
          </span>
        </span>
        {entry.flags.map((flag) => (
          <span key={flag} className="feed-flag">
            <Flag size={14} aria-hidden />
            {flagWords(flag, say)}
          </span>
        ))}
      </span>
    </li>
  );
}
