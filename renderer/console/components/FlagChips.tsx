import { Flag } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from '../../ui/chip/Chip.tsx';
import { flagWords } from '../words/entry-words.ts';
import { useSay } from '../words/intl.ts';

export function FlagChips(props: { flags: readonly string[] }): ReactNode {
  const say = useSay();
  return props.flags.map((flag) => (
    <Chip key={flag} tone="warn" icon={Flag}>
      {flagWords(flag, say)}
    </Chip>
  ));
}
