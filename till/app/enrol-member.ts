/** Enrolment of a member, with or without a line. What is known of the person stays out of the entry. */
import type { CardCode, CommandId, MemberId } from '../../base/ids.ts';
import { normaliseName } from '../../base/name.ts';
import { sha256 } from '../../base/node/hash.ts';
import { seal } from '../../base/node/sealed-box.ts';
import { uuidv7 } from '../../base/node/uuid.ts';
import { present } from '../../base/assert.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { profileText, type EnrolProfile } from '../../sync/protocol/profile.ts';
import type { MemberView } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { Customer } from './customer.ts';
import { birthdayColumns, contactHashes, contactTaken, type ContactHashes, profileOf } from './enrol-profile.ts';
import type { AppendEntry } from './entry-writer.ts';
import { runOnMember } from './member-command.ts';
import type { Moment } from './moment.ts';
import { recordEntry } from './record-entry.ts';
import { referrerOf } from './referrer.ts';

export type EnrolRequest = {
  readonly command: CommandId;
  /** An id that the caller has for the member; by default the till makes one. */
  readonly member?: MemberId | null | undefined;
  readonly card: string | null;
  readonly firstName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly referredBy?: Customer | null | undefined;
  readonly clubs?: readonly string[] | undefined;
  readonly segments?: readonly string[] | undefined;
  /** The customer says that they share their phone number or e-mail address with another member. */
  readonly allowSharedContact?: boolean | undefined;
};

/**
 * Refuses with `invalid-request` (shape, a known id), `malformed-barcode`, `payment-card`, `unknown-member` (the referrer),
 * `self-referral`, and `invalid-request` for a card or contact that another member has, in this order.
 */
export function enrolMember(parts: CommitParts, caller: Caller, request: EnrolRequest): Result<MemberView, Refusal> {
  return runOnMember(parts, caller, {
    id: request.command,
    name: 'member.enrol',
    input: request,
    prepare: (moment) => enrolmentOf(parts, request, moment),
    work: (enrolment, append, moment) => enrol(parts, enrolment, moment, append),
  });
}

type Enrolment = {
  readonly member: MemberId;
  readonly card: CardCode | null;
  readonly profile: EnrolProfile;
  readonly hashes: ContactHashes;
  readonly referredBy: MemberId | null;
  readonly clubs: readonly string[];
  readonly sharedContact: boolean;
};

function enrolmentOf(parts: CommitParts, request: EnrolRequest, moment: Moment): Result<Enrolment, Refusal> {
  const stream = parts.stream();
  if (stream === undefined) return refused('not-enrolled', 'This till is not enrolled with head office yet.');
  const card = request.card === null ? ok(null) : parseCardCode(request.card);
  if (!card.ok) return card;
  const profile = profileOf(request, parts.countryCode);
  if (!profile.ok) return profile;
  const clubs = clubsOf(parts, request, moment);
  if (!clubs.ok) return clubs;
  const member = request.member ?? (uuidv7(moment.wall) as MemberId); // the single place where a till makes a member's id
  if (isKnown(parts, member)) return refused('invalid-request', 'A member with this id is enrolled already.', 'member');
  const hashes = contactHashes(profile.value, parts.keys.lookupKey(stream.inc));
  const referredBy = referrerOf(parts, request.referredBy ?? {}, { member, card: card.value, ...hashes });
  if (!referredBy.ok) return failed(referredBy.error);
  if (card.value !== null && parts.members.card(card.value) !== undefined) {
    return refused('invalid-request', 'This card belongs to a member already.', 'card');
  }
  const taken = request.allowSharedContact === true ? undefined : contactTaken(parts, hashes);
  if (taken !== undefined) return failed(taken);
  return ok({
    member,
    card: card.value,
    profile: profile.value,
    hashes,
    referredBy: referredBy.value,
    clubs: clubs.value,
    sharedContact: request.allowSharedContact === true,
  });
}

function isKnown({ members, store }: CommitParts, member: MemberId): boolean {
  return members.find(member) !== undefined || store.memberCache.find(member) !== undefined;
}

function clubsOf(
  { programmes }: CommitParts,
  { clubs = [] }: EnrolRequest,
  { local }: Moment,
): Result<readonly string[], Refusal> {
  const known = programmes.inEffect(local.date)?.programme.clubs ?? [];
  const unknown = clubs.findIndex((club) => !known.some(({ id }) => id === club));
  if (unknown >= 0) return refused('invalid-request', 'The programme has no such club.', `clubs.${unknown}`);
  return ok([...new Set(clubs)]);
}

function enrol(parts: CommitParts, enrolment: Enrolment, { local }: Moment, append: AppendEntry): MemberId {
  const { member, card, profile, hashes, referredBy, clubs, sharedContact } = enrolment;
  const text = profileText(profile);
  const { inc, sealingKey } = present(parts.stream(), 'the writer refused a till that is not enrolled');
  const { entry } = recordEntry(parts, append, {
    kind: 'enrol',
    member,
    prog: parts.programmes.inEffect(local.date)?.hash ?? null,
    receipt: null,
    refs: [],
    basis: null,
    body: {
      joined: local.date,
      cards: card === null ? [] : [card],
      commitment: sha256(text),
      referredBy,
      clubs,
      ...(sharedContact ? { sharedContact: true as const } : {}),
    },
  });
  parts.store.ownProfiles.add({
    member,
    displayName: profile.firstName,
    nameKey: profile.firstName === null ? null : normaliseName(profile.firstName),
    ...birthdayColumns(profile.birthday),
    joined: local.date,
    segments: JSON.stringify(profile.segments),
    ...hashes,
    inc,
    seq: entry.seq,
    sealed: seal(sealingKey, text),
  });
  return member;
}
