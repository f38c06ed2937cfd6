import { failed, ok, type Result } from '../../base/result.ts';
import { PROBLEMS_MAX, type ProgrammeProblem, problemsOf } from './problem.ts';
import { type Programme, programmeSchema } from './programme.ts';
import { findBrokenReferences } from './references.ts';

/**
 * Reads a programme document. Never throws, whatever the document; what is wrong is named by path, at most 100 problems.
 * A document that parses may still use what is not built: see `findUnbuilt`.
 */
export function parseProgramme(document: unknown): Result<Programme, ProgrammeProblem[]> {
  const parsed = programmeSchema.safeParse(document);
  if (!parsed.success) return failed(problemsOf(parsed.error.issues).slice(0, PROBLEMS_MAX));
  const broken = findBrokenReferences(parsed.data);
  return broken.length === 0 ? ok(parsed.data) : failed(broken.slice(0, PROBLEMS_MAX));
}
