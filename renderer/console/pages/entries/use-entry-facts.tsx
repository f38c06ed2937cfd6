import type { ConsoleEntry } from '../../../../sync/protocol/console.ts';
import type { Fact } from '../../components/Facts.tsx';
import { MemberLink } from '../../components/MemberLink.tsx';
import { lateMs } from '../../words/entry-words.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';

/** What an entry says of itself, in the order in which people ask; what it has not is left out. */
export function useEntryFacts(entry: ConsoleEntry): Fact[] {
  const say = useSay();
  const formats = useFormats();
  const late = lateMs(entry);
  const received = (
    <>
      {formats.fully(entry.receivedAt)}
      {late === null ? null : (
        <span className="table-soft">{say('entry.late', { duration: formats.duration(late) })}</span>
      )}
    </>
  );
  const moneyName = entry.kind === 'void' || entry.kind === 'refund' ? say('entry.money.void') : say('entry.money');
  return [
    ...(entry.money === null ? [] : [{ name: moneyName, value: <strong>{formats.money(entry.money)}</strong> }]),
    ...(entry.member === null
      ? []
      : [{ name: say('entry.member'), value: <MemberLink id={entry.member} name={entry.memberName} /> }]),
    ...(entry.receipt === null ? [] : [{ name: say('entry.receipt'), value: entry.receipt }]),
    { name: say('entry.businessDate'), value: formats.date(entry.businessDate) },
    { name: say('entry.written'), value: formats.fully(entry.writtenAt) },
    { name: say('entry.received'), value: received },
  ];
}
