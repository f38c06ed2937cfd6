import type { Refusal } from '../../base/result.ts';
import type { Programme } from '../programme/programme.ts';
import { refusal } from '../refusals.ts';
import type { PartnerNumber } from '../sale/request.ts';
import { type Matcher, patternMatcher } from './pattern.ts';

/** No partner's numbers are longer. */
export const PARTNER_NUMBER_CHARS_MAX = 64;

const matchers = new WeakMap<Programme['partners'][number], Matcher>();

/** Whether a partner is one of the programme's, and the whole of the number matches its pattern. */
export function checkPartner(
  { partners }: Programme,
  number: PartnerNumber | undefined,
): Refusal<'partner-number'> | undefined {
  if (number === undefined) return undefined;
  const partner = partners.find(({ id }) => id === number.id);
  if (partner === undefined) {
    return refusal('partner-number', 'There is no such partner programme.', 'partner.id');
  }
  if (number.number.length <= PARTNER_NUMBER_CHARS_MAX && matcherFor(partner)(number.number)) return undefined;
  return refusal('partner-number', undefined, 'partner.number');
}

function matcherFor(partner: Programme['partners'][number]): Matcher {
  const known = matchers.get(partner) ?? patternMatcher(partner.pattern) ?? (() => false);
  matchers.set(partner, known);
  return known;
}
