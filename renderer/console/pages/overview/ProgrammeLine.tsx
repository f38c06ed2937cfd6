import type { ReactNode } from 'react';
import type { Overview } from '../../../../sync/protocol/console.ts';
import { useFormats } from '../../words/formats-context.tsx';
import { Text } from '../../words/intl.ts';

export function ProgrammeLine({ programme }: Pick<Overview, 'programme'>): ReactNode {
  const formats = useFormats();
  if (programme === null) return <Text id="overview.noProgramme" />;
  const { id, version, effectiveFrom } = programme;
  return (
    <Text
      id="overview.programme"
      values={{ id, version: formats.number(version), from: formats.date(effectiveFrom) }}
    />
  );
}
