import type { ReactNode } from 'react';
import { Text } from '../../words/intl.ts';
import { readable } from '../../../ui/i18n/readable.ts';

/** The level that a sale earns at is the one before it. */
export function LevelThen({ level }: { level: string | null }): ReactNode {
  if (level === null) return null;
  return (
    <p className="explain-lead">
      <Text id="explain.level" values={{ level: readable(level) }} />
    </p>
  );
}
