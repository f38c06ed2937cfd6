/**
 * `ledger.count`, beside the database and not in it: who this till is, and how far each of its streams had come. A database that knows less
 * was restored, or has lost its end. It is written after commits and never before, so it may lag and never runs ahead; no sale waits for it.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../../base/node/hash.ts';
import type { ReadableDb } from '../open-database.ts';
import type { MachineIdentity } from './machine.ts';
import type { Row } from './read-damaged.ts';

export const COUNT_FILE = 'ledger.count';

const machineSchema = z.strictObject({ id: z.string().nullable(), cards: z.array(z.string()) });
const streamSchema = z.strictObject({
  inc: z.string(),
  lastSeq: z.int().min(0),
  /** Where the incarnation was first seen at work. */
  machine: machineSchema,
  /** Its row in ledger.db: without it no entry can be proved. */
  row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
const contentSchema = z.strictObject({ v: z.literal(1), streams: z.array(streamSchema) });
const fileSchema = z.strictObject({ content: z.string(), hash: z.string() });

export type CountedStream = z.infer<typeof streamSchema>;

/** Oldest first; undefined where the file is not there, or damaged itself. */
export function readCountFile(dataFolder: string): readonly CountedStream[] | undefined {
  try {
    const { content, hash } = fileSchema.parse(JSON.parse(readFileSync(path.join(dataFolder, COUNT_FILE), 'utf8')));
    return sha256(content) === hash ? contentSchema.parse(JSON.parse(content)).streams : undefined;
  } catch {
    return undefined;
  }
}

export type StreamCounter = {
  /** Writes what is new, in the background; does nothing where nothing is. */
  note(): Promise<void>;
  /** Writes what is new before it returns: at the start and at the end. */
  noteNow(): void;
};

/** `before`: what the file said at the start; its counts only rise. `machine`: of now, for streams that it does not know yet. */
export function streamCounter(
  dataFolder: string,
  db: ReadableDb,
  before: readonly CountedStream[] | undefined,
  machine: MachineIdentity,
): StreamCounter {
  const columns = db.pragma('table_info(stream)') as { name: string }[]; // the pragma's own columns
  const streams = db.prepare<[], Row>(
    `SELECT ${columns.map(({ name }) => name).join(', ')} FROM stream ORDER BY enrolled_at, rowid`,
  );
  const last = db.prepare<[string], number>('SELECT coalesce(max(seq), 0) FROM entry WHERE inc = ?').pluck();
  const known = new Map((before ?? []).map((stream) => [stream.inc, stream]));
  const file = path.join(dataFolder, COUNT_FILE);
  let written = '';
  let writing: Promise<void> = Promise.resolve();
  const next = (): string | undefined => {
    for (const row of streams.all()) {
      const inc = String(row['inc']);
      const lastSeq = Math.max(known.get(inc)?.lastSeq ?? 0, last.get(inc) ?? 0);
      known.set(inc, streamSchema.parse({ inc, lastSeq, machine: known.get(inc)?.machine ?? machine, row }));
    }
    const text = fileText([...known.values()]);
    if (text === written || known.size === 0) return undefined;
    written = text;
    return text;
  };
  return {
    note: () => {
      const text = next();
      if (text !== undefined) {
        writing = writing.then(async () => {
          await writeFile(`${file}.new`, text, { mode: 0o600, flush: true });
          await rename(`${file}.new`, file);
        });
      }
      return writing;
    },
    noteNow: () => {
      const text = next();
      if (text === undefined) return;
      writeFileSync(`${file}.now`, text, { mode: 0o600, flush: true });
      renameSync(`${file}.now`, file);
    },
  };
}

function fileText(streams: readonly CountedStream[]): string {
  const content = JSON.stringify({ v: 1, streams });
  return JSON.stringify({ content, hash: sha256(content) });
}
