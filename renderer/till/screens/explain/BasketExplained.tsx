import type { ReactNode } from 'react';
import type { BasketExplanation } from '../../../../till/contract/explain-shapes.ts';
import { useTill } from '../../state/till-context.tsx';
import { LevelThen } from './LevelThen.tsx';
import { RuleList } from './RuleList.tsx';

export function BasketExplained({ explanation }: { explanation: BasketExplanation }): ReactNode {
  const lines = useTill((state) => state.sale.lines);
  return (
    <>
      <LevelThen level={explanation.level} />
      <RuleList all rules={explanation.rules} lineName={(line) => lines[line]?.name ?? ''} />
    </>
  );
}
