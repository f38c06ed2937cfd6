import type { Refusal } from '../../../base/result.ts';
import type { Say } from '../../ui/i18n/typed-intl.tsx';
import type { MessageId } from './intl.ts';
import { sayKnown } from './known-message.ts';

/** The console's own sentence for a code; where it has none, head office's. */
export function refusalWords({ code, message }: Refusal, say: Say<MessageId>): string {
  return sayKnown(`refusal.${code}`, say) ?? message;
}
