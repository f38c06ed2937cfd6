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

/** `repeated` where the answer is that of an earlier run. Refuses what the work refuses, `command-reused`, and as the writer does. */
export function runCommand<Answer>(
  { store, writer }: Parts,
  caller: Caller,
  moment: Moment,
  command: Command<Answer>,
): Result<{ readonly answer: Answer; readonly repeated: boolean }, Refusal> {
  const inputHash = sha256(canonicalJson(command.input));
  const known = store.commands.find(command.id);
  if (known !== undefined) {
    if (known.name !== command.name || known.inputHash !== inputHash) return refused('command-reused', REUSED);
    return ok({ answer: JSON.parse(known.answer) as Answer, repeated: true }); // written below, by the same command
  }
  return writer.write(caller, moment, (append) => {
    const result = command.work(append);
    if (!result.ok) return failed(result.error);
    store.commands.add(command.id, { name: command.name, inputHash, answer: JSON.stringify(result.value) });
    return ok({ answer: result.value, repeated: false });
  });
}

const REUSED = 'This command id was used for something else before. Use a new id for a new command.';

/** Keys in order, so that the same input always gives the same text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
