import type { z } from 'zod';

/** A wrong field of a programme: `path` names it from the document's root, e.g. `earn.0.amount.every`; '' is the document. */
export type ProgrammeProblem = { readonly path: string; readonly message: string };

/** A broken document of 10,000 rules would otherwise answer with 10,000 sentences. */
export const PROBLEMS_MAX = 100;

export function problem(path: readonly PropertyKey[], message: string): ProgrammeProblem {
  return { path: path.map(String).join('.'), message };
}

/** One problem for each wrong field; an unknown field is named itself, not the object that it is in. */
export function problemsOf(issues: readonly z.core.$ZodIssue[]): ProgrammeProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => problem([...issue.path, key], 'is not a field of a programme'));
    }
    return [problem(issue.path, issue.message)];
  });
}
