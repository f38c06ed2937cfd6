/**
 * `snapshot`: a million members made into a file, sent over loopback to a till that has none, and opened by it; the time from the order to the
 * first member found by card. Its parts are beside it, against writing as many bytes to the same disk and flushing them.
 */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { insertManyMembers, memberOfNumber } from '../../sync/server/testing/many-members.ts';
import { rounded, type BenchLine } from './bench-line.ts';
import { openHeadOfficeBed } from './head-office-bed.ts';

const MEMBERS = Number(process.env['LOYALTILL_BENCH_MEMBERS'] ?? 1_000_000);
const SECONDS_MAX = 60;

export async function snapshot(): Promise<BenchLine[]> {
  const bed = await openHeadOfficeBed();
  try {
    await insertManyMembers(bed.database, MEMBERS);
    const till = await bed.newTill('t1');
    const { card } = await memberOfNumber(bed.database, Math.ceil(MEMBERS / 2));
    const begun = performance.now();
    const made = await bed.office.admin.buildSnapshot();
    if (made.outcome !== 'built') throw new Error(`no snapshot was made: ${made.outcome}`);
    const builtAt = performance.now();
    till.link.setOnline(true);
    const synced = await till.link.syncNow();
    if (!synced.ok) throw new Error(synced.error.message);
    const found = till.parts.members.byCard(card);
    const openAt = performance.now();
    if (!found.ok || till.parts.store.snapshot.origin()?.memberRows !== MEMBERS)
      throw new Error('the till has no snapshot of all members');
    const { bytes, sentBytes } = made.built;
    const written = writeSeconds(path.join(bed.folder, 'baseline'), bytes);
    const part = (name: string, seconds: number, aim: string): BenchLine => ({
      name,
      value: rounded(seconds),
      unit: 's',
      baseline: rounded(written),
      ratio: rounded(seconds / written),
      aim,
      holds: true,
    });
    const seconds = (openAt - begun) / 1_000;
    const sizes = `${rounded(bytes / 1e6)} MB, ${rounded(sentBytes / 1e6)} MB on the way`;
    return [
      {
        name: 'snapshot',
        value: rounded(seconds),
        unit: 's',
        baseline: SECONDS_MAX,
        ratio: rounded(seconds / SECONDS_MAX),
        aim: `${MEMBERS} members made, sent and opened in under ${SECONDS_MAX} s`,
        holds: seconds < SECONDS_MAX,
      },
      part(
        'snapshot-made',
        (builtAt - begun) / 1_000,
        `shown only: ${sizes}; the baseline writes and flushes the file's bytes`,
      ),
      part(
        'snapshot-sent',
        (openAt - builtAt) / 1_000,
        'shown only: fetched, proven twice, made ready, swapped, a card found',
      ),
    ];
  } finally {
    await bed.close();
  }
}

function writeSeconds(file: string, bytes: number): number {
  const block = Buffer.alloc(4_194_304, 'x');
  const begun = performance.now();
  const handle = openSync(file, 'w');
  for (let at = 0; at < bytes; at += block.length) writeSync(handle, block, 0, Math.min(block.length, bytes - at));
  fsyncSync(handle);
  closeSync(handle);
  const seconds = (performance.now() - begun) / 1_000;
  rmSync(file);
  return seconds;
}
