/** The HTTP status of each refusal. A code that is not here is a bug of ours, and a test finds it. */
import type { RefusalCode } from '../../loyalty/refusals.ts';
import type { WriteRefusal } from '../app/entry-writer.ts';

export type ApiRefusalCode =
  | RefusalCode
  | WriteRefusal
  | 'malformed-barcode'
  | 'payment-card'
  | 'quote-changed'
  | 'command-reused'
  | 'unauthorised'
  | 'not-found'
  | 'too-large'
  | 'too-many-requests'
  | 'engine-error';

export const REFUSAL_STATUS: Readonly<Record<ApiRefusalCode, number>> = {
  'invalid-request': 400,
  'bad-quantity': 400,
  'malformed-barcode': 400,
  'payment-card': 400,
  'partner-number': 400,
  unauthorised: 401,
  'role-required': 403,
  'approval-required': 403,
  'unknown-card': 404,
  'unknown-member': 404,
  'unknown-sale': 404,
  'not-found': 404,
  'card-blocked': 409,
  'member-blocked': 409,
  'already-refunded': 409,
  'quote-changed': 409,
  'command-reused': 409,
  'too-large': 413,
  'entry-too-large': 413,
  'insufficient-balance': 422,
  'not-eligible': 422,
  'limit-reached': 422,
  'offline-limit': 422,
  'nothing-to-discount': 422,
  'wrong-date': 422,
  'self-referral': 422,
  'too-many-requests': 429,
  'engine-error': 500,
  'not-enrolled': 503,
  'disk-full': 507,
};

export function statusOf(code: string): number {
  return Object.entries(REFUSAL_STATUS).find(([known]) => known === code)?.[1] ?? 500;
}
