import { typedIntl } from '../../ui/i18n/typed-intl.tsx';
import type messages from '../messages/en.json';

export type MessageId = keyof typeof messages;

export const { useSay, Text } = typedIntl<MessageId>();

/** Of the messages; numbers, money and dates follow the browser instead. */
export const MESSAGES_LANGUAGE = 'en';
