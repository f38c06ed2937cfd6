/** Every call, whatever brought it: its name and input are parsed by the contract, and a bug of ours is an answer too, never a dead engine. */
import type { z } from 'zod';
import type { Log } from '../../base/node/log.ts';
import { refused, type Refusal, type Result } from '../../base/result.ts';
import { tillCalls, type TillCallName } from '../contract/calls.ts';
import type { Caller } from './context.ts';
import type { Handlers } from './handlers.ts';

export type EngineAnswer = Result<unknown, Refusal>;

export async function answerCall(
  handlers: Handlers,
  log: Log,
  name: string,
  input: unknown,
  caller: Caller,
  failed: (error: unknown) => void,
): Promise<EngineAnswer> {
  if (!isCallName(name)) return refused('invalid-request', 'The till knows no such call.', 'name');
  const parsed = tillCalls[name].input.safeParse(input);
  if (!parsed.success) return wrongInput(parsed.error);
  try {
    const handler = handlers[name] as (input: unknown, caller: Caller) => EngineAnswer | Promise<EngineAnswer>; // input and handler belong to one name
    return await handler(parsed.data, caller);
  } catch (error) {
    log.error({ err: error, call: name }, 'a call failed');
    failed(error);
    return refused('engine-error', 'Something went wrong inside the till. Try again; if it stays, restart it.');
  }
}

function isCallName(name: string): name is TillCallName {
  return Object.hasOwn(tillCalls, name);
}

function wrongInput(error: z.ZodError): EngineAnswer {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map(String).join('.');
  return refused('invalid-request', `${path === '' ? 'The request' : path}: ${issue?.message ?? 'wrong shape'}.`, path);
}
