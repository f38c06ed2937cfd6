/**
 * A command carries its own id. The same command again gives the answer that it gave, and writes nothing; another input under the same id
 * is refused. Answers are kept in the transaction of their entry, so an answer that was kept is a fact that is on disk.
 */
import type { CommandId } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { Moment } from './moment.ts';
import type { AppendEntry } from './entry-writer.ts';
import type { Caller } from './context.ts';
import type { EntryWriter } from './entry-writer.ts';
import type { TillStore } from '../store/till-store.ts';

type Parts = { readonly store: TillStore; readonly writer: EntryWriter };

export type Command<Answer> = {
  readonly id: CommandId;
  readonly name: string;
  /** Everything that makes the command what it is; compared by its JSON. */
  readonly input: unknown;
  readonly work: (append: AppendEntry) => Result<Answer, Refusal>;
};

/** A command that is worked out before its transaction begins, so that nothing but writing is in it. */
export type PreparedCommand<Prepared, Answer> = Omit<Command<Answer>, 'work'> & {
  readonly prepare: () => Result<Prepared, Refusal>;
  readonly work: (prepared: Prepared, append: AppendEntry) => Result<Answer, Refusal>;
  /** Writes the answer beside the receipt of the sale that the command made, and gives the number of that receipt's print job. */
  readonly keepAnswer?: (text: string) => number;
};

export type Run<Answer> = { readonly answer: Answer; readonly repeated: boolean };

/** `repeated` where the answer is that of an earlier run. Refuses what the work refuses, `command-reused`, and as the writer does. */
export function runCommand<Answer>(
  parts: Parts,
  caller: Caller,
  moment: Moment,
  command: Command<Answer>,
): Result<Run<Answer>, Refusal> {
  return runPrepared(parts, caller, moment, {
    ...command,
    prepare: () => ok(undefined),
    work: (_nothing, append) => command.work(append),
  });
}

/** Nothing comes between preparation and transaction: all of this is one turn of one process, which alone writes. */
export function runPrepared<Prepared, Answer>(
  { store, writer }: Parts,
  caller: Caller,
  moment: Moment,
  command: PreparedCommand<Prepared, Answer>,
): Result<Run<Answer>, Refusal> {
  const inputHash = sha256(canonicalJson(command.input));
  const known = store.commands.find(command.id);
  if (known !== undefined) {
    if (known.name !== command.name || known.inputHash !== inputHash) return refused('command-reused', REUSED);
    return ok({ answer: JSON.parse(known.answer) as Answer, repeated: true }); // written below, by the same command
  }
  const prepared = command.prepare();
  if (!prepared.ok) return prepared;
  return writer.write(caller, moment, (append) => {
    const result = command.work(prepared.value, append);
    if (!result.ok) return failed(result.error);
    const answer = JSON.stringify(result.value);
    const printJob = command.keepAnswer?.(answer) ?? null;
    store.commands.add(command.id, { name: command.name, inputHash, answer }, printJob);
    return ok({ answer: result.value, repeated: false });
  });
}

const REUSED = 'This command id was used for something else before. Use a new id for a new command.';

/** Keys in order, so that the same input always gives the same text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const ordered: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    ordered[key] = inOrder(part);
  return ordered;
}
