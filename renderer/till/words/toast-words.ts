import type { ToastMessage } from '../use-cases/context.ts';
import type { Say } from '../../ui/i18n/typed-intl.tsx';
import type { AmountWords } from './amounts.ts';
import type { MessageId } from './intl.ts';
import { refusalWords } from './refusal-words.ts';

export function toastWords(message: ToastMessage, say: Say<MessageId>, amounts: AmountWords): string {
  switch (message.kind) {
    case 'refusal':
      return refusalWords(message, say);
    case 'item-added':
    case 'member-enrolled':
      return say(`toast.${message.kind}`, { name: message.name });
    case 'voided':
      return say('toast.voided', { receipt: message.receipt, money: amounts.money(message.money) });
    case 'copy-sent':
    case 'copy-queued':
    case 'scan-ignored':
      return say(`toast.${message.kind}`);
    default:
      return message satisfies never;
  }
}
