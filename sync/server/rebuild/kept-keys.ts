/** Head office's own keys, kept apart from its database: with them tills go on without enrolling again. */
import { z } from 'zod';
import type { Organisation } from '../store/organisation.ts';

const pair = z.strictObject({ publicKey: z.string().min(1), privateKey: z.string().min(1) });
const keysSchema = z.strictObject({ signing: pair, sealing: pair });

/** The text to keep, in a safe place: whoever has it can sign in head office's name. */
export function keptKeysText({ signing, sealing }: Organisation): string {
  return `${JSON.stringify({ signing, sealing }, null, 2)}\n`;
}

/** Throws where the text is not what `keptKeysText` gave. */
export function readKeptKeys(text: string): Pick<Organisation, 'signing' | 'sealing'> {
  return keysSchema.parse(JSON.parse(text));
}
