import { TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MemberView, Quote } from '../../../../../till/contract/shapes.ts';
import { Text } from '../../../words/intl.ts';
import { readable } from '../../../../ui/i18n/readable.ts';

/** Only where the sale reaches a level that the member does not have. */
export function ReachedLevel(props: {
  before: MemberView['tier'];
  after: Quote['tierAfter'];
  /** It has happened. */
  sold?: boolean;
}): ReactNode {
  const { before, after, sold = false } = props;
  if (before === null || after === null || after.level === before.level) return null;
  return (
    <p className="reached-level">
      <TrendingUp size={18} aria-hidden />
      <span>
        <Text id={sold ? 'level.now' : 'level.reached'} values={{ level: readable(after.level) }} />
      </span>
    </p>
  );
}
