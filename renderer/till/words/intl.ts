import { typedIntl } from '../../ui/i18n/typed-intl.tsx';
import type messages from '../messages/en.json';

export type MessageId = keyof typeof messages;

export const { useSay, Text } = typedIntl<MessageId>();
