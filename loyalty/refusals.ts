import type { Refusal } from '../base/result.ts';

/**
 * Every reason to refuse that the contract knows (programme.md, "Refusals"), with the sentence that a cashier reads when the
 * place that refuses has nothing more exact to say. Codes are stable: screens, tests and POS systems branch on them.
 */
export const REFUSAL_SENTENCES = {
  'unknown-card': 'This card is not known.',
  'unknown-member': 'This member is not known.',
  'card-blocked': 'This card is blocked.',
  'member-blocked': 'This member is blocked.',
  'insufficient-balance': 'The balance does not cover this.',
  'not-eligible': 'This reward is not open to this sale.',
  'limit-reached': 'This reward has been used as often or as far as it may.',
  'approval-required': 'A manager has to approve this.',
  'offline-limit': 'Without a connection no more of this balance may be spent here.',
  'nothing-to-discount': 'There is nothing in the basket that this reward applies to.',
  'bad-quantity': 'A quantity must be above 0, at most 100,000, with at most 4 decimals.',
  'unknown-sale': 'This sale is not known here.',
  'already-refunded': 'This has been refunded already.',
  'wrong-date': 'This is not possible on this business date.',
  'invalid-request': 'The request is not valid.',
  'role-required': 'Your role does not allow this.',
  'self-referral': 'Nobody can refer themself.',
  'partner-number': 'This is no valid number of the partner programme.',
} as const;

export type RefusalCode = keyof typeof REFUSAL_SENTENCES;

export const REFUSAL_CODES = Object.keys(REFUSAL_SENTENCES) as readonly RefusalCode[]; // the keys of the object above

/** A refusal with the code's own sentence, or a more exact one. */
export function refusal<Code extends RefusalCode>(code: Code, message?: string, path?: string): Refusal<Code> {
  const sentence = message ?? REFUSAL_SENTENCES[code];
  return path === undefined ? { code, message: sentence } : { code, message: sentence, path };
}
