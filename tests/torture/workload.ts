/**
 * What a till under torture is asked to do. Command `n` is the same whenever it is asked for: so a till that was killed can be asked again,
 * and must answer as it did.
 */
import type { CommandId, MemberId } from '../../base/ids.ts';
import { eanCheckDigit } from '../../hardware/scanner/check-digits.ts';
import type { TillCallName } from '../../till/contract/calls.ts';

/** A member comes with every 40th command; goods come back, sales are voided and points are spent in between. */
const ENROL_EVERY = 40;

export type Work = { readonly name: TillCallName; readonly input: object };

export function workOf(run: number, n: number): Work {
  const command = commandOf(run, n);
  if (n % ENROL_EVERY === 0) return { name: 'member.enrol', input: enrolment(command, n) };
  if (n % 23 === 7) return { name: 'sale.void', input: { command, sale: referenceOf(n - 1) } };
  if (n % 19 === 5) return { name: 'sale.refund', input: { command, sale: referenceOf(n - 2), what: { all: true } } };
  return {
    name: 'sale.commit',
    input: {
      command,
      member: null,
      card: cardOf(n - (n % ENROL_EVERY)),
      lines: [
        { sku: 'COFFEE', name: 'Coffee', quantity: '2', unitPrice: 350 },
        { sku: 'CAKE', name: 'Cake', quantity: String(1 + (n % 9)), unitPrice: 420 },
      ],
      redeem: n % 11 === 3 ? [{ reward: 'free-coffee' }] : [],
      reference: referenceOf(n),
      expectedDue: null,
    },
  };
}

export function referenceOf(n: number): string {
  return `S${n}`;
}

export function commandOf(run: number, n: number): CommandId {
  const [high, low] = [run.toString(16).padStart(8, '0'), n.toString(16).padStart(12, '0')];
  return `${high}-0000-4000-8000-${low}` as CommandId; // a UUID by its form
}

/** What must be the same whenever the command is repeated. A member's own view goes on; who it is does not. */
export function lastingPart(name: TillCallName, value: unknown): unknown {
  if (name !== 'member.enrol') return value;
  return (value as { member: MemberId }).member; // the contract's type of this call
}

function enrolment(command: CommandId, n: number): object {
  return { command, card: cardOf(n), firstName: `Member ${n}`, phone: null, email: null, birthday: null };
}

function cardOf(n: number): string {
  const digits = `29${String(n).padStart(10, '0')}`;
  return `${digits}${eanCheckDigit(digits)}`;
}
