/**
 * Takes in the branches that tills vouch for (docs/decisions/0010): facts of a second history, or of one that could not be proved, were confirmed
 * to customers, so they count like all others. They become entries of an incarnation of their own, since the numbers that they have are another
 * history's, and are folded in the steps to come. What they say of allowances does not count: whoever held those may still spend them.
 */
import { present } from '../../../base/assert.ts';
import type { IncarnationId } from '../../../base/ids.ts';
import { branchId } from '../../protocol/salvage.ts';
import { isStorable, readEnvelope, type StreamOwner } from '../push/envelope.ts';
import {
  endAdoption,
  headsInOtherBranches,
  insertAdoptions,
  insertBranch,
  openAdoptions,
  type Adoption,
  type OpenAdoption,
} from '../store/adoptions.ts';
import type { Transaction } from '../store/client.ts';
import { appendEntries, hashAt, type NewEntry } from '../store/entries.ts';
import { raiseFlags, type Flag } from '../store/flags.ts';
import { nextOfFork, rootOfFork, takeForkProfiles, type ForkEntry } from '../store/forks.ts';
import { advanceStream, lockStream, type StreamRecord } from '../store/incarnations.ts';
import type { Organisation } from '../store/organisation.ts';
import type { Judged } from './judge.ts';

const ENTRIES_A_STEP = 1_000;

/** How many entries it took in. Run before the step sets how far it folded. */
export async function adoptBranches(
  transaction: Transaction,
  org: Organisation,
  judged: readonly Judged[],
  at: number,
): Promise<number> {
  const asked = judged.flatMap(adoptionIn);
  if (asked.length > 0) {
    const taken = await insertAdoptions(transaction, asked);
    const strange = asked.filter(({ adopter, seq }) => !taken.has(`${adopter} ${seq}`));
    await raiseFlags(transaction, strange.map(cannotAdopt), at);
  }
  let count = 0;
  for (const adoption of await openAdoptions(transaction)) count += await takeIn(transaction, org, adoption, at);
  return count;
}

function adoptionIn({ inc, seq, read }: Judged): Adoption[] {
  if (read.as !== 'known' || read.entry.kind !== 'adopt') return [];
  const { inc: of, from, to, head } = read.entry.body;
  return isStorable(of) ? [{ adopter: inc, seq, of, fromSeq: from, toSeq: to, head }] : [];
}

function cannotAdopt({ adopter, seq, of }: Adoption): Flag {
  return { inc: adopter, seq, code: 'cannot-adopt', detail: `no other incarnation of its till: ${of}` };
}

async function takeIn(
  transaction: Transaction,
  org: Organisation,
  adoption: OpenAdoption,
  at: number,
): Promise<number> {
  const { adopter, of, toSeq, head, till } = adoption;
  const place = { inc: of, seq: toSeq, hash: head };
  // It came into the stream itself after all.
  if ((await hashAt(transaction, of, toSeq)) === head) return await done(transaction, adoption, at);
  const root = await rootOfFork(transaction, place);
  if (root === undefined || !(await isWhole(transaction, adoption, root))) return 0;
  const id = branchId(of, adopter);
  await insertBranch(transaction, { id, of, fromSeq: root.seq, head: root.priorHead });
  const stream = present(await lockStream(transaction, id), 'the branch was just made');
  const next = await nextOfFork(transaction, place, stream.receivedSeq, ENTRIES_A_STEP);
  if (next.length === 0) return await done(transaction, adoption, at);
  await append(transaction, { owner: { org: org.id, till, inc: of }, stream, adopter, at }, next);
  if (next.at(-1)?.hash === head) await done(transaction, adoption, at);
  return next.length;
}

/** From the entry that is named first, or from where both histories are one. */
async function isWhole(
  transaction: Transaction,
  { of, fromSeq }: Adoption,
  root: { readonly seq: number; readonly priorHead: string },
): Promise<boolean> {
  return root.seq <= fromSeq || (await hashAt(transaction, of, root.seq - 1)) === root.priorHead;
}

async function done(transaction: Transaction, adoption: Adoption, at: number): Promise<0> {
  await endAdoption(transaction, adoption, at);
  return 0;
}

type Branch = {
  /** Whose the bytes say they are. */
  readonly owner: StreamOwner;
  readonly stream: StreamRecord;
  readonly adopter: IncarnationId;
  readonly at: number;
};

async function append(
  transaction: Transaction,
  { owner, stream, adopter, at }: Branch,
  entries: readonly ForkEntry[],
): Promise<void> {
  const { id: inc, till, store } = stream;
  const last = present(entries.at(-1), 'there are entries');
  await advanceStream(transaction, inc, { receivedSeq: last.seq, receivedHead: last.hash });
  await takeForkProfiles(
    transaction,
    { of: owner.inc, branch: inc },
    entries.map(({ seq }) => seq),
  );
  const known = await headsInOtherBranches(transaction, { of: owner.inc, branch: inc }, entries);
  const news = entries.filter(({ hash }) => !known.has(hash)).map((entry) => entryOf(entry, owner, inc));
  const flags = news.map(({ seq }): Flag => ({ inc, seq, code: 'adopted', detail: `vouched for by ${adopter}` }));
  await raiseFlags(transaction, flags, at);
  // Last, since it takes positions: they are locked until the commit.
  await appendEntries(transaction, { inc, till, store }, news, at);
}

/** In the total order it has the place of its own incarnation: of two histories the same numbers are two facts. */
function entryOf({ seq, text, hash, signature }: ForkEntry, owner: StreamOwner, inc: IncarnationId): NewEntry {
  const read = readEnvelope(text, owner, seq);
  const envelope =
    read === 'other-stream'
      ? { id: `${inc}/${seq}`, kind: 'unreadable', member: null, orderKey: `unreadable/${inc}/${seq}` }
      : read;
  const orderKey = envelope.orderKey.replace(`/${owner.inc}/`, `/${inc}/`);
  return { seq, ...envelope, orderKey, text, hash, signature };
}
