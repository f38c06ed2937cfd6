import { normaliseEmail, normalisePhone } from '../../base/contact.ts';
import type { BusinessDate } from '../../base/business-date.ts';
import type { MemberId } from '../../base/ids.ts';
import { normaliseName } from '../../base/name.ts';
import { keyedHash } from '../../base/node/hash.ts';
import { failed, ok, type Refusal, type Result } from '../../base/result.ts';
import type { MemberView } from '../contract/shapes.ts';
import { offlineLeft } from './allowances/held-parts.ts';
import type { CommitParts } from './commit-sale.ts';
import { cardHolder } from './customer.ts';
import { momentNow } from './moment.ts';
import { mayTrade, type KnownMember } from './member-book.ts';
import { memberView } from './views.ts';

const HITS_MAX = 20;

type MemberHit = { member: MemberId; displayName: string | null; card: string | null };

/** The member behind a card that was scanned or typed. */
export function identify(parts: CommitParts, card: string): Result<MemberView, Refusal> {
  const holder = cardHolder(parts, card);
  return holder.ok ? viewOf(parts, mayTrade(holder.value)) : failed(holder.error);
}

export function showMember(parts: CommitParts, member: MemberId): Result<MemberView, Refusal> {
  return viewOf(parts, parts.members.trading(member));
}

function viewOf(parts: CommitParts, known: Result<KnownMember, Refusal>): Result<MemberView, Refusal> {
  if (!known.ok) return failed(known.error);
  const date = today(parts);
  const offline = offlineLeft(parts, known.value.member, date);
  return ok(memberView(known.value, parts.programmes.terms, date, offline));
}

/** By a whole phone number or e-mail address, a card, or the beginning of a name. */
export function findMembers(parts: CommitParts, text: string): MemberHit[] {
  const { store, members } = parts;
  const found = new Map<MemberId, MemberHit>();
  const add = (known: KnownMember | undefined): void => {
    if (known === undefined || found.size >= HITS_MAX || found.has(known.member)) return;
    const { member, profile, cards, state } = known;
    if (state.claim !== null) return; // nobody yet
    found.set(member, { member, displayName: profile.displayName, card: cards()[0] ?? null });
  };
  const addAll = (hits: readonly { readonly member: MemberId }[]): void => {
    for (const { member } of hits) add(members.find(member));
  };
  for (const hash of contactHashesOf(parts, text)) {
    addAll(store.members.findByContact(hash));
    addAll(store.ownProfiles.findByContact(hash));
  }
  const holder = cardHolder(parts, text);
  if (holder.ok) add(holder.value);
  const prefix = normaliseName(text);
  if (prefix !== '') {
    addAll(store.members.findByName(prefix, HITS_MAX));
    addAll(store.ownProfiles.findByName(prefix, HITS_MAX));
  }
  return [...found.values()];
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
  return momentNow(parts, parts.writer.last()).local.date;
}
