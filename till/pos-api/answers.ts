import type { FastifyReply } from 'fastify';
import type { CommandId } from '../../base/ids.ts';
import type { Refusal, Result } from '../../base/result.ts';
import type { Caller } from '../app/context.ts';
import { CASHIER, type EngineParts } from '../app/engine.ts';
import { today } from '../app/find-members.ts';
import { sendProblem } from './problems.ts';
import * as shapes from './shapes.ts';

/** What every route has in common: who asks, under which command, and how an answer is written out. */

export const failures = { '4xx': shapes.problem, '5xx': shapes.problem };

/** The value, checked by the route's own schema as it is written out, or the refusal as a problem document. */
export function respond<Value>(
  reply: { code(status: number): unknown },
  status: number,
  answer: Result<Value, Refusal>,
): void {
  const plain = reply as FastifyReply; // each route has a reply type of its own, which a shared function cannot name
  if (answer.ok) void plain.code(status).send(answer.value);
  else void sendProblem(plain, answer.error);
}

/** The same, with the currency that its money is in. */
export function respondWithMoney<Value extends object>(
  parts: EngineParts,
  reply: { code(status: number): unknown },
  status: number,
  answer: Result<Value, Refusal>,
): void {
  respond(reply, status, answer.ok ? { ok: true, value: { ...answer.value, ...moneyOf(parts) } } : answer);
}

type Asked = { readonly operator?: shapes.Operator | undefined; readonly approvedBy?: shapes.Operator | undefined };

export function callerOf({ operator, approvedBy }: Asked): Caller {
  const named = (person: shapes.Operator | undefined): Caller['approver'] =>
    person === undefined ? null : { operator: person.id, role: person.role };
  return { actor: named(operator) ?? CASHIER.actor, approver: named(approvedBy) };
}

/** Keys of the POS and ids of the screen live side by side. */
export function commandOf(headers: { 'idempotency-key': string }): CommandId {
  return `pos:${headers['idempotency-key']}` as CommandId; // a caller's key is a command id
}

function moneyOf(parts: EngineParts): { currency: string; minorDigits: number } {
  const programme = parts.programmes.inEffect(today(parts))?.programme ?? parts.programmes.newest()?.programme;
  return { currency: programme?.currency ?? 'XXX', minorDigits: programme?.minorDigits ?? 2 };
}
