/**
 * A head office that learned new kinds takes up what waited for them: each deferral moves to the next entry that is still unknown, or
 * ends, and its member is folded anew.
 */
import type { MemberId } from '../../../base/ids.ts';
import type { Database, Transaction } from '../store/client.ts';
import { lockFolded } from '../store/counters.ts';
import { entriesOfStream } from '../store/entries.ts';
import { lowerFlags, raiseFlags } from '../store/flags.ts';
import { allDeferrals, deferralsOf, moveDeferral, saveStates, type Deferral } from '../store/member-states.ts';
import { refold } from './fold-batch.ts';
import { judge, type Judged } from './judge.ts';

const STREAM_PAGE = 1_000;

/** The members that were folded anew. */
export async function resumeDeferred(database: Database, at: number): Promise<readonly MemberId[]> {
  return await database.begin(async (transaction) => {
    const upTo = await lockFolded(transaction);
    const resumed: MemberId[] = [];
    for (const deferral of await allDeferrals(transaction)) {
      const next = await nextOpaque(transaction, deferral, upTo);
      if (next === deferral.fromSeq) continue;
      await moveDeferral(transaction, deferral, next);
      await lowerFlags(transaction, 'unknown-kind', [{ inc: deferral.inc, seq: deferral.fromSeq }]);
      resumed.push(deferral.member);
    }
    const members = [...new Set(resumed)];
    if (members.length === 0) return [];
    const folded = await refold(transaction, members, await deferralsOf(transaction, members), upTo);
    await raiseFlags(transaction, folded.flags, at);
    await saveStates(transaction, folded.rows);
    return members;
  });
}

async function nextOpaque(
  transaction: Transaction,
  { member, inc, fromSeq }: Deferral,
  upTo: number,
): Promise<number | null> {
  for (let from = fromSeq; ;) {
    const page = await entriesOfStream(transaction, inc, from, STREAM_PAGE);
    const waiting = page.find((entry) => entry.position <= upTo && waitsFor(judge(entry), member));
    if (waiting !== undefined) return waiting.seq;
    const last = page.at(-1);
    if (last === undefined || page.length < STREAM_PAGE) return null;
    from = last.seq + 1;
  }
}

function waitsFor({ read }: Judged, member: MemberId): boolean {
  return read.as === 'opaque' && read.members.includes(member);
}
