/** Opens profiles that came sealed, checks them against the commitment in their entry, and stores what head office keeps of a person. */
import { normaliseName } from '../../../base/name.ts';
import type { MemberId } from '../../../base/ids.ts';
import { keyedHash, sha256 } from '../../../base/node/hash.ts';
import { unseal } from '../../../base/node/sealed-box.ts';
import { normaliseEmail } from '../../../base/contact.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { parseEntry } from '../../../ledger/entry.ts';
import { enrolProfileSchema, type EnrolProfile } from '../../protocol/profile.ts';
import type { Transaction } from '../store/client.ts';
import { isStorable } from '../push/envelope.ts';
import { raiseFlags, type Flag } from '../store/flags.ts';
import { findMembers, savePersonalData, type PersonalData } from '../store/members.ts';
import type { Organisation } from '../store/organisation.ts';
import { markOpened, waitingProfiles, type SealedProfileRow } from '../store/sealed-profiles.ts';

const PROFILES_MAX = 1_000;

/** How many profiles were looked at, and the members whose data came. */
export async function openProfiles(
  transaction: Transaction,
  org: Organisation,
  { foldedUpTo, at }: { foldedUpTo: number; at: number },
): Promise<{ readonly count: number; readonly members: readonly MemberId[] }> {
  const waiting = await waitingProfiles(transaction, foldedUpTo, PROFILES_MAX);
  if (waiting.length === 0) return { count: 0, members: [] };
  const opened = waiting.map((row) => ({ row, result: openProfile(row, org) }));
  const flags = opened.flatMap(({ row, result }): Flag[] =>
    result.ok ? [] : [{ inc: row.inc, seq: row.seq, ...result.error }],
  );
  const people = opened.flatMap(({ row, result }) => (result.ok ? [{ row, person: result.value }] : []));
  const known = await findMembers(
    transaction,
    people.map(({ person }) => person.member),
  );
  const members: MemberId[] = [];
  for (const { row, person } of people) {
    const member = known.get(person.member);
    // Only the entry that stands as the member's enrolment says who they are.
    if (member?.enrolledInc !== row.inc || member.enrolledSeq !== row.seq) continue;
    await savePersonalData(transaction, person);
    members.push(person.member);
  }
  await raiseFlags(transaction, flags, at);
  await markOpened(transaction, waiting, at);
  return { count: waiting.length, members };
}

type Problem = Pick<Flag, 'code' | 'detail'>;

function openProfile(row: SealedProfileRow, org: Organisation): Result<PersonalData, Problem> {
  const parsed = parseEntry(row.text);
  const entry = parsed.ok && parsed.value.known && parsed.value.entry.kind === 'enrol' ? parsed.value.entry : undefined;
  if (entry === undefined || entry.member === null)
    return failed({ code: 'profile-unreadable', detail: 'its entry enrols nobody' });
  const text = unseal(org.sealing, row.sealed);
  if (text === undefined)
    return failed({ code: 'profile-unreadable', detail: 'it does not open with the key of head office' });
  if (sha256(text) !== entry.body.commitment) {
    return failed({ code: 'profile-tampered', detail: 'it is not what the entry committed to' });
  }
  const profile = readProfile(text);
  if (profile === undefined) return failed({ code: 'profile-unreadable', detail: 'it is not of the agreed shape' });
  return ok(personalData(entry.member, profile, org.lookupKey));
}

function readProfile(text: string): EnrolProfile | undefined {
  try {
    const parsed = enrolProfileSchema.safeParse(JSON.parse(text));
    const texts = parsed.success ? [parsed.data.firstName ?? '', parsed.data.salt, ...parsed.data.segments] : [];
    return parsed.success && texts.every(isStorable) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function personalData(member: MemberId, profile: EnrolProfile, lookupKey: string): PersonalData {
  const { salt, firstName, phone, birthday, segments } = profile;
  const email = profile.email === null ? null : (normaliseEmail(profile.email) ?? profile.email);
  return {
    member,
    firstName,
    nameKey: firstName === null ? null : normaliseName(firstName),
    phone,
    email,
    phoneHash: phone === null ? null : keyedHash(lookupKey, phone),
    emailHash: email === null ? null : keyedHash(lookupKey, email),
    birthday,
    segments,
    salt,
  };
}
