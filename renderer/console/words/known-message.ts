import type { Say } from '../../ui/i18n/typed-intl.tsx';
import messages from '../messages/en.json';
import type { MessageId } from './intl.ts';

/** For codes that head office may have more of than this page has words for. */
export function sayKnown(id: string, say: Say<MessageId>): string | undefined {
  return isMessageId(id) ? say(id) : undefined;
}

function isMessageId(id: string): id is MessageId {
  return Object.hasOwn(messages, id);
}
