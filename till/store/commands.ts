import type { CommandId } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

export type AnsweredCommand = { readonly name: string; readonly inputHash: string; readonly answer: string };

/** Commands that were carried out. Refusals are not kept: a refusal changes nothing, and the same command may succeed later. */
export function commandTable(db: WritableDb) {
  const get = db.prepare<[string], AnsweredCommand>(
    'SELECT name, input_hash AS inputHash, answer FROM command WHERE command = ?',
  );
  const insert = db.prepare('INSERT INTO command (command, name, input_hash, answer) VALUES (?, ?, ?, ?)');
  return {
    find: (command: CommandId): AnsweredCommand | undefined => get.get(command),
    /** Inside `transact`, with the entry. */
    add: (command: CommandId, { name, inputHash, answer }: AnsweredCommand): void => {
      insert.run(command, name, inputHash, answer);
    },
  };
}
