import type { MemberDetail } from '../../../../sync/protocol/console.ts';
import type { Fact } from '../../components/Facts.tsx';
import { useFormats } from '../../words/formats-context.tsx';
import { useSay } from '../../words/intl.ts';

/** What head office knows of the person; a dash where it knows nothing, so that two members are compared line by line. */
export function useProfileFacts(member: MemberDetail): Fact[] {
  const say = useSay();
  const formats = useFormats();
  const nothing = say('app.nothing');
  const segments =
    member.segments.length === 0 ? nothing : new Intl.ListFormat(undefined, { type: 'unit' }).format(member.segments);
  return [
    { name: say('member.firstName'), value: member.firstName ?? nothing },
    { name: say('member.phone'), value: member.phone ?? nothing },
    { name: say('member.email'), value: member.email ?? nothing },
    { name: say('member.birthday'), value: member.birthday === null ? nothing : formats.birthday(member.birthday) },
    { name: say('member.segments'), value: segments },
  ];
}
