import type { Say } from '../../ui/i18n/typed-intl.tsx';
import { isMemberAccount } from './effects.ts';
import type { MessageId } from './intl.ts';
import { sayKnown } from './known-message.ts';

/** Tills can be newer than this page: a kind that it has no word for is called by its name. */
export function kindWords(kind: string, say: Say<MessageId>): string {
  return sayKnown(`kind.${kind}`, say) ?? say('kind.other', { kind });
}

export function flagWords(flag: string, say: Say<MessageId>): string {
  return sayKnown(`flag.${flag}`, say) ?? flag;
}

export function flagMeaning(flag: string, say: Say<MessageId>): string | undefined {
  return sayKnown(`flag.${flag}.meaning`, say);
}

/** Of a posting. */
export function accountWords(account: string, say: Say<MessageId>): string {
  if (isMemberAccount(account)) return say('account.member');
  return sayKnown(`account.${account}`, say) ?? account;
}

/** Offline tills send late; what comes within a minute is not worth saying. */
const LATE_MS = 60_000;

export function lateMs({ writtenAt, receivedAt }: { writtenAt: number; receivedAt: number }): number | null {
  const late = receivedAt - writtenAt;
  return late >= LATE_MS ? late : null;
}

/** Where it was written; head office's own till is called like its store. */
export function placeWords(
  { storeName, tillName }: { storeName: string; tillName: string },
  say: Say<MessageId>,
): string {
  return storeName === tillName ? storeName : say('entry.place', { store: storeName, till: tillName });
}
