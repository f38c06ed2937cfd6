import { normaliseEmail, normalisePhone } from '../../base/contact.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId } from '../../base/ids.ts';
import { normaliseName } from '../../base/name.ts';
import { keyedHash } from '../../base/node/hash.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import type { MemberView } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import { localNow } from './moment.ts';
import { memberView } from './views.ts';

const HITS_MAX = 20;

type MemberHit = { member: MemberId; displayName: string | null; card: string | null };

/** The member behind a card that was scanned or typed. */
export function identify(parts: CommitParts, card: string): Result<MemberView, Refusal> {
  const code = parseCardCode(card);
  if (!code.ok) return failed(code.error);
  const member = parts.members.memberOfCard(code.value);
  return member.ok ? showMember(parts, member.value) : failed(member.error);
}

export function showMember(parts: CommitParts, member: MemberId): Result<MemberView, Refusal> {
  const known = parts.members.trading(member);
  if (!known.ok) return failed(known.error);
  const date = today(parts);
  return ok(memberView(known.value, parts.members, parts.programmes.inEffect(date)?.programme, date));
}

/** By a whole phone number or e-mail address, a card, or the beginning of a name. */
export function findMembers(parts: CommitParts, text: string): MemberHit[] {
  const found = new Map<MemberId, MemberHit>();
  const add = (member: MemberId, displayName: string | null): void => {
    if (found.size < HITS_MAX && !found.has(member)) {
      found.set(member, { member, displayName, card: parts.members.activeCards(member)[0] ?? null });
    }
  };
  for (const hash of contactHashesOf(parts, text)) {
    for (const hit of parts.store.members.findByContact(hash)) add(hit.member, hit.displayName);
    for (const hit of parts.store.ownProfiles.findByContact(hash)) add(hit.member, hit.displayName);
  }
  const byCard = cardHolder(parts, text);
  if (byCard !== undefined) add(byCard.member, byCard.displayName);
  const prefix = normaliseName(text);
  if (prefix !== '') {
    for (const hit of parts.store.members.findByName(prefix, HITS_MAX)) add(hit.member, hit.displayName);
    for (const hit of parts.store.ownProfiles.findByName(prefix, HITS_MAX)) add(hit.member, hit.displayName);
  }
  return [...found.values()];
}

function cardHolder(parts: CommitParts, text: string) {
  const code = parseCardCode(text);
  const member = code.ok ? parts.members.memberOfCard(code.value) : undefined;
  const known = member?.ok === true ? parts.members.find(member.value) : undefined;
  return known && { member: known.member, displayName: known.profile.displayName };
}

function contactHashesOf({ stream, keys, countryCode }: CommitParts, text: string): string[] {
  const current = stream();
  if (current === undefined) return [];
  const contacts = [normalisePhone(text, countryCode), normaliseEmail(text)];
  const key = keys.lookupKey(current.inc);
  return contacts.flatMap((contact) => (contact === undefined ? [] : [keyedHash(key, contact)]));
}

/** Not before the till's last entry, as for everything that it writes. */
export function today(parts: CommitParts): BusinessDate {
  const { date } = localNow(parts, parts.clock.wall());
  const last = parts.writer.last()?.bd;
  return last !== undefined && last > date ? last : date;
}

