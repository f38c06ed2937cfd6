import { z } from 'zod';
import { parseBusinessDate } from '../../base/business-date.ts';

/** The fields that bodies of entries are made of. Unknown fields are passed over everywhere: entries outlive the code that wrote them. */

export const RESERVED = 'is a reserved word';

/** The few words (`constructor`, `__proto__`) that every object answers to, since ids become keys of JSON objects. */
export function isReserved(text: string): boolean {
  return text in {};
}

export const id = z.string().min(1).max(128);
export const key = id.refine((text) => !isReserved(text), RESERVED);
export const units = z.int();
export const amount = units.min(0);
export const count = z.int().min(0);
export const date = z.string().refine((text) => parseBusinessDate(text) !== undefined, 'no date');
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A quantity above 0, or 0, as it was written. */
export const quantity = z.string().max(100);

export const walletAmounts = z.array(z.looseObject({ wallet: key, amount }));
