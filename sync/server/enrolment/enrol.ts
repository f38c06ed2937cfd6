/** A till enrols: its code buys a new incarnation, once. Wrong codes are counted by address, and too many lock it out for a while. */
import type { IncarnationId } from '../../../base/ids.ts';
import { randomBase64url, secretsEqual, sha256 } from '../../../base/node/hash.ts';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';
import { genesisHead } from '../../../ledger/chain.ts';
import { normaliseEnrolmentCode, type EnrolAnswer, type EnrolRequest } from '../../protocol/enrolment.ts';
import { commonProtocol } from '../../protocol/versions.ts';
import { announcePushed } from '../announcements.ts';
import type { Database, Transaction } from '../store/client.ts';
import {
  countEnrolmentFailure,
  findEnrolmentFailures,
  forgetEnrolmentFailures,
  countCodeFailure,
  lockEnrolmentCodes,
  markCodeUsed,
  type EnrolmentCodeRecord,
} from '../store/enrolment-codes.ts';
import { findIncarnation, insertIncarnation, publicKeyKnown } from '../store/incarnations.ts';
import type { Organisation } from '../store/organisation.ts';
import { findTill, type TillRecord } from '../store/stores.ts';
import { signCertificate } from './certificate.ts';
import { codeSelector, enrolmentCodeHash } from './code.ts';

export const ENROLMENT_FAILURES_MAX = 10;
const ENROLMENT_WINDOW_MS = 15 * 60_000;
export const ENROLMENT_LOCK_MS = 15 * 60_000;
/** Of codes that begin alike: somebody knows the first half and guesses at the second. */
export const CODE_FAILURES_MAX = 5;

export type EnrolRefusal = Refusal<
  | 'unsupported-protocol'
  | 'wrong-code'
  | 'used-code'
  | 'expired-code'
  | 'code-locked'
  | 'other-till'
  | 'enrolment-locked'
  | 'key-in-use'
>;

type Setting = { readonly database: Database; readonly org: Organisation; readonly clock: () => number };
type Enrolled = { readonly till: TillRecord; readonly inc: IncarnationId };

export async function enrol(
  setting: Setting,
  request: EnrolRequest,
  address: string,
): Promise<Result<EnrolAnswer, EnrolRefusal>> {
  const { database, clock } = setting;
  const protocol = commonProtocol(request.protocol);
  if (protocol === undefined)
    return refused('unsupported-protocol', 'Head office speaks no version that this till speaks.', 'protocol');
  const failures = await findEnrolmentFailures(database, address);
  if ((failures?.lockedUntil ?? 0) > clock()) {
    return refused('enrolment-locked', 'Too many wrong codes came from here. Try again in a quarter of an hour.');
  }
  const enrolled = await database.begin((transaction) => spendCode(transaction, setting, request, protocol));
  if (!enrolled.ok) {
    const limits = { windowMs: ENROLMENT_WINDOW_MS, failuresMax: ENROLMENT_FAILURES_MAX, lockMs: ENROLMENT_LOCK_MS };
    await countEnrolmentFailure(database, address, { at: clock(), ...limits });
    return enrolled;
  }
  await forgetEnrolmentFailures(database, address);
  await announcePushed(database);
  return ok(await answer(setting, request, enrolled.value, protocol));
}

async function spendCode(
  transaction: Transaction,
  { org, clock }: Setting,
  { code, publicKey, software, again }: EnrolRequest,
  protocol: number,
): Promise<Result<Enrolled, EnrolRefusal>> {
  const found = await findCode(transaction, org, code);
  if (!found.ok) return found;
  const { row, till } = found.value;
  if (row.usedBy !== null) {
    // The answer to the first request may have been lost: the same key gets it again.
    const before = await findIncarnation(transaction, row.usedBy);
    if (before?.publicKey === publicKey) return ok({ till, inc: before.id });
    return refused('used-code', 'This enrolment code was used already. Ask head office for a new one.');
  }
  if (row.validUntil <= clock())
    return refused('expired-code', 'This enrolment code is too old. Ask head office for a new one.');
  if (again !== undefined && again.till !== till.id)
    return refused('other-till', `This code is for ${till.name}. Ask head office for one of this till.`, 'code');
  if (await publicKeyKnown(transaction, publicKey))
    return refused('key-in-use', 'Another incarnation has this key. Make a new one.', 'publicKey');
  const inc = randomBase64url(16) as IncarnationId; // minted here
  const receivedHead = genesisHead(sha256, { org: org.id, till: till.id, inc, publicKey });
  const incarnation = {
    id: inc,
    till: till.id,
    publicKey,
    privateKey: null,
    software,
    protocol,
    receivedHead,
    enrolledAt: clock(),
  };
  await insertIncarnation(transaction, incarnation);
  await markCodeUsed(transaction, row.hash, inc, clock());
  return ok({ till, inc });
}

type FoundCode = { readonly row: EnrolmentCodeRecord; readonly till: TillRecord };

/** A wrong one that begins like a code of ours counts against that code: after a few it is no good any more, wherever they came from. */
async function findCode(
  transaction: Transaction,
  { lookupKey }: Organisation,
  typed: string,
): Promise<Result<FoundCode, EnrolRefusal>> {
  const unknown = refused('wrong-code', 'This enrolment code is not known here.');
  const normal = normaliseEnrolmentCode(typed);
  if (normal === undefined) return unknown;
  const hash = enrolmentCodeHash(lookupKey, normal);
  const meant = await lockEnrolmentCodes(transaction, { selector: codeSelector(lookupKey, normal), hash });
  const row = meant.find((one) => secretsEqual(one.hash, hash));
  if (row === undefined) for (const one of meant) await countCodeFailure(transaction, one.hash);
  const till = row === undefined ? undefined : await findTill(transaction, row.till);
  if (row === undefined || till === undefined) return unknown;
  if (row.usedBy === null && row.failures >= CODE_FAILURES_MAX)
    return refused('code-locked', 'Somebody guessed at this enrolment code. Ask head office for a new one.');
  return ok({ row, till });
}

async function answer(
  { org, clock }: Setting,
  { publicKey }: EnrolRequest,
  { till, inc }: Enrolled,
  protocol: number,
): Promise<EnrolAnswer> {
  return {
    protocol,
    org: { id: org.id, name: org.name },
    store: { id: till.store, name: till.storeName },
    till: { id: till.id, name: till.name },
    inc,
    epoch: org.epoch,
    headOffice: { signingKey: org.signing.publicKey, sealingKey: org.sealing.publicKey },
    lookupKey: org.lookupKey,
    certificate: await signCertificate(org, { store: till.store, till: till.id, inc, publicKey }, clock()),
    serverTime: clock(),
  };
}
