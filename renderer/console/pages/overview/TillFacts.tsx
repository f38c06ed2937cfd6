import type { ReactNode } from 'react';
import type { TillSummary } from '../../../../sync/protocol/console.ts';
import { Ago } from '../../components/Ago.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { Text, useSay, type MessageId } from '../../words/intl.ts';
import { useNow } from '../../words/use-now.ts';

/** What head office knows of a till by numbers. */
export function TillFacts({ till }: { till: TillSummary }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const nothing = <span className="soft">{say('app.nothing')}</span>;
  return (
    <dl className="till-facts">
      <Fact name="till.lastSeen">
        {till.lastSeenAt === null ? <Text id="till.never" /> : <Ago at={till.lastSeenAt} />}
      </Fact>
      <Fact name="till.entries">{formats.number(till.entriesReceived)}</Fact>
      <Fact name="till.lag">{till.lagMs === null ? nothing : formats.duration(till.lagMs)}</Fact>
      <Fact name="till.waiting">{till.enrolled ? <Waiting till={till} /> : nothing}</Fact>
      <Fact name="till.out">
        {till.out === undefined || till.out.length === 0 ? nothing : <Out parts={till.out} />}
      </Fact>
    </dl>
  );
}

function Waiting({ till }: { till: TillSummary }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  if (till.waitingEntries === 0) return <Text id="till.waiting.none" />;
  const ago = till.oldestWaitingAt === null ? null : formats.ago(till.oldestWaitingAt, now);
  const oldest = ago === null ? say('till.waiting.oldest.now') : say('till.waiting.oldest', { ago });
  return (
    <>
      {formats.number(till.waitingEntries)}
      {till.oldestWaitingAt === null ? null : <span className="table-soft">{oldest}</span>}
    </>
  );
}

/** By wallet, what may be spent there without a line. */
function Out({ parts }: { parts: NonNullable<TillSummary['out']> }): ReactNode {
  const formats = useFormats();
  return parts.map(({ name, amount }) => `${formats.number(amount)} ${name}`).join(', ');
}

function Fact(props: { name: MessageId; children: ReactNode }): ReactNode {
  return (
    <div className="till-fact">
      <dt className="till-fact-name">
        <Text id={props.name} />
      </dt>
      <dd className="till-fact-value">{props.children}</dd>
    </div>
  );
}
