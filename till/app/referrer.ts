/** Who brought a new member. Nobody refers themself: the same member, card, phone or e-mail. */
import type { CardCode, MemberId } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { isSelfReferral } from '../../loyalty/referral/judge.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Customer } from './customer.ts';
import type { ContactHashes } from './enrol-profile.ts';
import type { KnownMember } from './member-book.ts';

export type NewMember = ContactHashes & { readonly member: MemberId; readonly card: CardCode | null };

/** Null where nobody is named. Refuses with `invalid-request`, `unknown-member` and `self-referral`. */
export function referrerOf(
  { members }: CommitParts,
  { member, card }: Customer,
  enrolling: NewMember,
): Result<MemberId | null, Refusal> {
  const [byId, typed] = [member ?? null, card ?? null];
  if (byId !== null && typed !== null) {
    return refused('invalid-request', 'Name the referrer or their card, not both.', 'referredBy.card');
  }
  if (byId !== null) return referrer(members.find(byId), byId === enrolling.member, enrolling);
  if (typed === null) return ok(null);
  const code = parseCardCode(typed);
  if (!code.ok) return code;
  const holder = members.card(code.value)?.member;
  return referrer(holder && members.find(holder), code.value === enrolling.card, enrolling);
}

/** `same`: not known yet perhaps, and themself all the same. */
function referrer(known: KnownMember | undefined, same: boolean, enrolling: NewMember): Result<MemberId, Refusal> {
  if (same) return themself();
  if (known === undefined) {
    return refused('unknown-member', 'The member who brought them is not known here.', 'referredBy');
  }
  return isSelfReferral(person(enrolling), person(whoIs(known))) ? themself() : ok(known.member);
}

function whoIs({ member, profile: { phoneHash, emailHash } }: KnownMember): Omit<NewMember, 'card'> {
  return { member, phoneHash, emailHash };
}

function person({ member, phoneHash, emailHash }: Omit<NewMember, 'card'>) {
  return { id: member, phone: phoneHash, email: emailHash };
}

function themself() {
  return refused('self-referral', 'Nobody can refer themself.', 'referredBy');
}
