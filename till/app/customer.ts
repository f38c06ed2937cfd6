/** The customer as a caller names them: by id, by a card that was scanned, or not at all. */
import type { MemberId } from '../../base/ids.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { mayTrade, type KnownMember, type MemberBook } from './member-book.ts';

export type Customer = { readonly member?: MemberId | null | undefined; readonly card?: string | null | undefined };

type Parts = { readonly members: MemberBook };

/** Undefined where none is named. Refuses with `invalid-request` (both), and as a card and a member do, in the order of fine print 41. */
export function customerOf(parts: Parts, { member, card }: Customer): Result<KnownMember | undefined, Refusal> {
  const [byId, byCard] = [member ?? null, card ?? null];
  if (byId !== null && byCard !== null) {
    return refused('invalid-request', 'Name the member or the card, not both.', 'card');
  }
  if (byCard !== null) {
    const holder = cardHolder(parts, byCard);
    if (holder.ok) return mayTrade(holder.value);
    // What a scanner calls misread is a card that nobody has; its sentence still says what to do.
    const { code, message } = holder.error;
    return refused(code === 'card-blocked' ? code : 'unknown-card', message, 'card');
  }
  return byId === null ? ok(undefined) : parts.members.trading(byId);
}

/** The same where there must be one. */
export function someCustomer(parts: Parts, customer: Customer): Result<KnownMember, Refusal> {
  const found = customerOf(parts, customer);
  if (!found.ok) return found;
  return found.value === undefined
    ? refused('invalid-request', 'Name the member, or a card.', 'member')
    : ok(found.value);
}

/** Who holds a card that was scanned or typed, also one who may not trade. */
export function cardHolder({ members }: Parts, card: string): Result<KnownMember, Refusal> {
  const code = parseCardCode(card);
  return code.ok ? members.byCard(code.value) : failed(code.error);
}
