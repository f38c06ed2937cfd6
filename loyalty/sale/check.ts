import type { Refusal } from '../../base/result.ts';
import type { Programme } from '../programme/programme.ts';
import { refusal } from '../refusals.ts';
import { priceLines } from './price.ts';
import { SALE_REDEEM_MAX, type SaleRequest } from './request.ts';

/**
 * What makes a request invalid whoever the member is. Fine print 41 puts it before the card and the member: whoever looks
 * those up calls this first. `evaluateSale` checks it again.
 */
export function checkSaleRequest(programme: Programme, request: SaleRequest): Refusal<'invalid-request'> | undefined {
  const { redeem } = request;
  if (redeem.length > SALE_REDEEM_MAX) {
    return refusal('invalid-request', `A sale takes at most ${SALE_REDEEM_MAX} rewards.`, 'redeem');
  }
  const known = new Set<string>(programme.rewards.map(({ id }) => id));
  const unknown = redeem.findIndex(({ reward }) => !known.has(reward));
  if (unknown >= 0) return refusal('invalid-request', 'There is no such reward.', `redeem.${unknown}.reward`);
  const priced = priceLines(request.lines);
  if (priced.ok || priced.error.code !== 'invalid-request') return undefined;
  return { ...priced.error, code: 'invalid-request' };
}
