/** Why this till spends nothing at all: it sells and earns on, and has to enrol again (E4). */
import { type Refusal, refused } from '../../../base/result.ts';
import { RULES } from '../../../ledger/allowances/rules.ts';
import type { RedemptionStop } from '../../store/streams.ts';
import type { TillContext } from '../context.ts';

const SENTENCES: Readonly<Record<RedemptionStop, string>> = {
  copied: 'The data of this till were copied or restored. Enrol it again, then points can be spent here.',
  restored:
    'The ledger of this till is older than what the till has written. Enrol it again, then points can be spent here.',
  damaged: 'The ledger of this till was damaged and salvaged. Enrol it again, then points can be spent here.',
  fenced: 'Head office has shut this till out. Enrol it again, then points can be spent here.',
};

export function redemptionStop({ stream }: Pick<TillContext, 'stream'>): Refusal<'offline-limit'> | undefined {
  const why = stream()?.redemptionStop ?? null;
  return why === null || !RULES.E4 ? undefined : refused('offline-limit', SENTENCES[why]).error;
}
