/** Push, from a parsed request to the answer. */
import { refused, ok, type Refusal, type Result } from '../../../base/result.ts';
import type { OrgId } from '../../../base/ids.ts';
import type { Verifier } from '../../../base/node/signing.ts';
import { PUSH_BYTES_MAX, type PushAnswer, type PushRequest } from '../../protocol/push.ts';
import { PROTOCOL_VERSION_MAX, PROTOCOL_VERSION_MIN, type EpochId } from '../../protocol/versions.ts';
import { ridingOut } from '../store/away.ts';
import { isFenced } from '../store/allowances.ts';
import type { Database } from '../store/client.ts';
import { hashAt } from '../store/entries.ts';
import { type IncarnationRecord, noteSeen } from '../store/incarnations.ts';
import type { PushOutcome } from './accept.ts';
import type { Acceptor } from './acceptor.ts';
import { proveBatch } from './proof.ts';

export type Sender = { readonly incarnation: IncarnationRecord; readonly verifier: Verifier };

export type PushSetting = {
  readonly database: Database;
  readonly acceptor: Acceptor;
  readonly org: OrgId;
  readonly epoch: EpochId;
  readonly clock: () => number;
};

export type PushRefusal = Refusal<'wrong-stream' | 'batch-too-large' | 'unsupported-protocol'>;

export async function push(
  setting: PushSetting,
  sender: Sender,
  request: PushRequest,
): Promise<Result<PushAnswer, PushRefusal>> {
  const refusal = check(sender, request);
  if (refusal !== undefined) return refusal;
  const { database, acceptor, epoch, clock } = setting;
  const { id: inc, till } = sender.incarnation;
  const answer = { epoch, serverTime: clock() };
  if (!acceptor.isLikelyNext(inc, request.fromSeq) && (await ridingOut(() => isRepeat(database, request)))) {
    await noteSeen(database, inc, clock());
    const receivedSeq = request.fromSeq + request.entries.length - 1;
    const fenced = await isFenced(database, inc);
    return ok({ status: 'accepted', ...answer, receivedSeq, receivedHead: request.toHead, ...(fenced && { fenced }) });
  }
  const owner = { org: setting.org, till, inc };
  const batch = proveBatch(request, owner, sender.verifier);
  const accepted = acceptor.accept({ request, owner, batch, at: clock() });
  const [outcome, fenced] = await Promise.all([accepted, isFenced(database, inc)]);
  const told = answerOf(outcome, answer);
  return ok(told.status === 'accepted' && fenced ? { ...told, fenced } : told);
}

function check({ incarnation }: Sender, request: PushRequest): Result<never, PushRefusal> | undefined {
  if (request.inc !== incarnation.id || request.till !== incarnation.till) {
    return refused('wrong-stream', 'The token is of another stream than the batch.');
  }
  if (request.protocol < PROTOCOL_VERSION_MIN || request.protocol > PROTOCOL_VERSION_MAX) {
    return refused('unsupported-protocol', `Protocol ${request.protocol} is not spoken here.`, 'protocol');
  }
  const bytes = request.entries.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  // One entry alone is taken whatever its size, within the body: else it would stop its stream for ever.
  if (bytes <= PUSH_BYTES_MAX || request.entries.length === 1) return undefined;
  return refused(
    'batch-too-large',
    `The entries have ${bytes} bytes, at most ${PUSH_BYTES_MAX} are taken. Send fewer.`,
  );
}

/** All of it is here already, same head: answered without a lock. A profile may be news even then. */
async function isRepeat(
  database: Database,
  { inc, fromSeq, entries, toHead, profiles }: PushRequest,
): Promise<boolean> {
  if (entries.length === 0 || profiles.length > 0) return false;
  return (await hashAt(database, inc, fromSeq + entries.length - 1)) === toHead;
}

function answerOf(outcome: PushOutcome, common: { epoch: EpochId; serverTime: number }): PushAnswer {
  switch (outcome.status) {
    case 'accepted':
      return {
        status: 'accepted',
        ...common,
        receivedSeq: outcome.receivedSeq,
        receivedHead: outcome.receivedHead,
        ...(outcome.twin && { twin: true }),
      };
    case 'need-from':
      return { status: 'need-from', ...common, needFrom: outcome.needFrom };
    case 'forked':
      return { status: 'forked', ...common, seq: outcome.seq, ...outcome.received };
    case 'broken':
      return { status: 'broken', ...common, salvageFrom: outcome.salvageFrom, reason: outcome.reason };
    default:
      return outcome satisfies never;
  }
}
