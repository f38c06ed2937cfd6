import type { Refusal } from '../../../base/result.ts';
import type { Say } from '../../ui/i18n/typed-intl.tsx';
import messages from '../messages/en.json' with { type: 'json' };
import type { MessageId } from './intl.ts';

/** The screen's own sentence for a code; where it has none (`invalid-request` names a field), the engine's. */
export function refusalWords(refusal: Pick<Refusal, 'code' | 'message'>, say: Say<MessageId>): string {
  const id = `refusal.${refusal.code}`;
  return isMessageId(id) ? say(id) : refusal.message;
}

function isMessageId(id: string): id is MessageId {
  return Object.hasOwn(messages, id);
}
