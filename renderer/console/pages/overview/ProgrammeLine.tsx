import type { ReactNode } from 'react';
import type { Overview } from '../../../../sync/protocol/console.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { Text } from '../../words/intl.ts';

export function ProgrammeLine({
  programme,
  worstOverdraft = 0,
}: Pick<Overview, 'programme' | 'worstOverdraft'>): ReactNode {
  const formats = useFormats();
  if (programme === null) return <Text id="overview.noProgramme" />;
  const { id, version, effectiveFrom } = programme;
  return (
    <>
      <Text
        id="overview.programme"
        values={{ id, version: formats.number(version), from: formats.date(effectiveFrom) }}
      />
      {worstOverdraft > 0 && (
        <>
          {'. '}
          <Text id="overview.overdraft" values={{ most: formats.number(worstOverdraft) }} />
        </>
      )}
    </>
  );
}
