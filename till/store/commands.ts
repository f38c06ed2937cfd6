import { present } from '../../base/assert.ts';
import type { CommandId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

export type AnsweredCommand = { readonly name: string; readonly inputHash: string; readonly answer: string };

type CommandRow = Omit<AnsweredCommand, 'answer'> & {
  readonly answer: string | null;
  readonly printJob: number | null;
};

/** Commands that were carried out. Refusals are not kept: a refusal changes nothing, and the same command may succeed later. */
export function commandTable(db: WritableDb) {
  const get = db.prepare<[string], CommandRow>(
    'SELECT name, input_hash AS inputHash, answer, print_job AS printJob FROM command WHERE command = ?',
  );
  const getBeside = db.prepare<[number | null], string | null>('SELECT answer FROM print_job WHERE number = ?').pluck();
  const insert = db.prepare(
    'INSERT INTO command (command, name, input_hash, answer, print_job) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    find: (command: CommandId): AnsweredCommand | undefined => {
      const row = get.get(command);
      if (row === undefined) return undefined;
      const { name, inputHash, printJob } = row;
      const answer = row.answer ?? getBeside.get(printJob) ?? undefined;
      return { name, inputHash, answer: present(answer, `the answer of command ${command}`) };
    },
    /**
     * Inside `transact`, with the entry. With `printJob`, the answer was written beside the receipt of that number in the same transaction:
     * one page less to flush.
     */
    add: (command: CommandId, { name, inputHash, answer }: AnsweredCommand, printJob: number | null): void => {
      insert.run(command, name, inputHash, printJob === null ? answer : null, printJob);
    },
  };
}
