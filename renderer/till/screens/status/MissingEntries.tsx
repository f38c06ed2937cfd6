import type { ReactNode } from 'react';
import type { TillStatus } from '../../../../till/contract/shapes.ts';
import { Notice } from '../../../ui/notice/Notice.tsx';
import { Text } from '../../words/intl.ts';

/** Entries that were written here and that no file of this till holds any more. */
export function MissingEntries({ missing }: { missing: TillStatus['ledger']['missing'] }): ReactNode {
  return missing.map(({ first, last }) => (
    <Notice key={`${first}-${last}`} tone="warn">
      <Text id="status.ledger.missing" values={{ first, last, count: last - first + 1 }} />
    </Notice>
  ));
}
