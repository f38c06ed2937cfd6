import { CircleDashed, Radio, WifiOff, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip, type Tone } from '../../ui/chip/Chip.tsx';
import { useConsole } from '../state/console-context.tsx';
import type { ConsoleState } from '../state/console-state.ts';
import { Text, type MessageId } from '../words/intl.ts';

const STATES: Readonly<Record<ConsoleState['live'], { tone: Tone; icon: LucideIcon; word: MessageId }>> = {
  connecting: { tone: 'neutral', icon: CircleDashed, word: 'live.connecting' },
  live: { tone: 'good', icon: Radio, word: 'live.live' },
  lost: { tone: 'warn', icon: WifiOff, word: 'live.lost' },
};

/** Whether news comes in by itself. */
export function LiveState(): ReactNode {
  const { tone, icon, word } = STATES[useConsole((state) => state.live)];
  return (
    <output className="side-live">
      <Chip tone={tone} icon={icon}>
        <Text id={word} />
      </Chip>
    </output>
  );
}
