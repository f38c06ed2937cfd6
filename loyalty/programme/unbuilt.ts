import { type ProgrammeProblem, problem } from './problem.ts';
import type { Programme } from './programme.ts';

/**
 * Fields that parse and whose evaluation is not built yet. A programme that uses one is refused wherever it is published or
 * loaded: a till must never sell under terms that it would silently leave out. Whoever builds one takes its line out here.
 */
export function findUnbuilt({ notify }: Programme): ProgrammeProblem[] {
  const uses: readonly (readonly [readonly PropertyKey[], string, boolean])[] = [
    [['notify'], 'The sending of messages', notify.length > 0],
  ];
  return uses.flatMap(([path, what, used]) => (used ? [problem(path, `${what} is not built yet.`)] : []));
}
