import type { z } from 'zod';
import { ok, refused, type Refusal, type Result } from '../../../base/result.ts';

/** Outside input, read by its schema; the first wrong field is named by its path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Result<z.output<Schema>, Refusal<'invalid-request'>> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  return refused('invalid-request', `${path === '' ? 'The request' : path}: ${issue?.message ?? 'wrong shape'}.`, path);
}
