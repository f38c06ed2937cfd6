/** Enrolment of a member with a card, with or without a line. What is known of the person stays out of the entry. */
import { parseBusinessDate } from '../../base/business-date.ts';
import { normaliseEmail, normalisePhone } from '../../base/contact.ts';
import type { CardCode, CommandId, MemberId } from '../../base/ids.ts';
import { normaliseName } from '../../base/name.ts';
import { keyedHash, randomBase64url, sha256 } from '../../base/node/hash.ts';
import { seal } from '../../base/node/sealed-box.ts';
import { uuidv7 } from '../../base/node/uuid.ts';
import { present } from '../../base/assert.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import { NEW_MEMBER_STATE } from '../../ledger/member-state.ts';
import { profileText, type EnrolProfile } from '../../sync/protocol/profile.ts';
import type { MemberView } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { AppendEntry } from './entry-writer.ts';
import { momentNow, type Moment } from './moment.ts';
import { runCommand } from './run-command.ts';
import { memberView } from './views.ts';

export type EnrolRequest = {
  readonly command: CommandId;
  readonly card: string;
  readonly firstName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
};

/** Refuses with `invalid-request` (path), `malformed-barcode`, `payment-card`; a card or contact that is known is `invalid-request`. */
export function enrolMember(parts: CommitParts, caller: Caller, request: EnrolRequest): Result<MemberView, Refusal> {
  const moment = momentNow(parts, parts.writer.last());
  const run = runCommand(parts, caller, moment, {
    id: request.command,
    name: 'member.enrol',
    input: { ...request, caller },
    work: (append) => enrol(parts, request, moment, append),
  });
  if (!run.ok) return run;
  if (!run.value.repeated) parts.entryWritten();
  const known = present(parts.members.find(run.value.answer), 'the member was just enrolled');
  return ok(memberView(known, parts.programmes.inEffect(moment.local.date)?.programme, moment.local.date));
}

function enrol(
  parts: CommitParts,
  request: EnrolRequest,
  moment: Moment,
  append: AppendEntry,
): Result<MemberId, Refusal> {
  const card = parseCardCode(request.card);
  if (!card.ok) return card;
  const taken = cardTaken(parts, card.value);
  if (taken !== undefined) return taken;
  const profile = profileOf(request, parts.countryCode);
  if (!profile.ok) return profile;
  const { inc, sealingKey } = present(parts.stream(), 'the writer refused a till that is not enrolled');
  const hashes = contactHashes(profile.value, parts.keys.lookupKey(inc));
  const double = contactTaken(parts, hashes);
  if (double !== undefined) return double;
  const member = uuidv7(moment.wall) as MemberId; // the single place where a till makes a member id
  const text = profileText(profile.value);
  const entry = append({
    kind: 'enrol',
    member,
    postings: [],
    prog: null,
    receipt: null,
    refs: [],
    basis: null,
    body: { joined: moment.local.date, cards: [card.value], commitment: sha256(text) },
  });
  parts.store.ownProfiles.add({
    member,
    displayName: profile.value.firstName,
    nameKey: profile.value.firstName === null ? null : normaliseName(profile.value.firstName),
    ...birthdayColumns(profile.value.birthday),
    joined: moment.local.date,
    ...hashes,
    inc,
    seq: entry.seq,
    sealed: seal(sealingKey, text),
  });
  parts.store.memberCache.put({ member, row: '', inc, seq: entry.seq, state: NEW_MEMBER_STATE });
  return ok(member);
}

function cardTaken(parts: CommitParts, card: CardCode) {
  const known = parts.members.byCard(card);
  if (known.ok) return refused('invalid-request', 'This card belongs to a member already.', 'card');
  if (known.error.code === 'card-blocked') return refused('card-blocked', known.error.message, 'card');
  return undefined;
}

function contactTaken({ store }: CommitParts, { phoneHash, emailHash }: ContactHashes) {
  const taken = (hash: string | null) =>
    hash !== null && (store.members.findByContact(hash).length > 0 || store.ownProfiles.findByContact(hash).length > 0);
  if (taken(phoneHash))
    return refused('invalid-request', 'A member with this phone number is enrolled already.', 'phone');
  if (taken(emailHash))
    return refused('invalid-request', 'A member with this e-mail address is enrolled already.', 'email');
  return undefined;
}

function profileOf(request: EnrolRequest, countryCode: string): Result<EnrolProfile, Refusal> {
  const phone = request.phone === null ? null : normalisePhone(request.phone, countryCode);
  if (phone === undefined)
    return refused('invalid-request', 'This is no phone number. Write it with its country code.', 'phone');
  const email = request.email === null ? null : normaliseEmail(request.email);
  if (email === undefined) return refused('invalid-request', 'This is no e-mail address.', 'email');
  if (request.birthday !== null && !isBirthday(request.birthday)) {
    return refused('invalid-request', 'This is no date. Write year, month and day, or month and day.', 'birthday');
  }
  return ok({
    salt: randomBase64url(16),
    firstName: request.firstName,
    phone,
    email,
    birthday: request.birthday,
    segments: [],
  });
}

/** `YYYY-MM-DD`, or `MM-DD` in a leap year, so that 29 February counts. */
function isBirthday(text: string): boolean {
  return parseBusinessDate(text.length === 5 ? `2000-${text}` : text) !== undefined;
}

type ContactHashes = { readonly phoneHash: string | null; readonly emailHash: string | null };

export function contactHashes(
  { phone, email }: Pick<EnrolProfile, 'phone' | 'email'>,
  lookupKey: string,
): ContactHashes {
  return {
    phoneHash: phone === null ? null : keyedHash(lookupKey, phone),
    emailHash: email === null ? null : keyedHash(lookupKey, email),
  };
}

function birthdayColumns(birthday: string | null): { birthdayMonth: number | null; birthdayDay: number | null } {
  const [month, day] = birthday === null ? [] : birthday.slice(-5).split('-').map(Number);
  return { birthdayMonth: month ?? null, birthdayDay: day ?? null };
}
