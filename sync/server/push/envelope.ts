/**
 * What head office must read of an entry to store and place it, and no more: the rest is judged after it is durable. An entry whose
 * envelope cannot be read is kept all the same, as `unreadable`, since its chain says that the till wrote these bytes.
 */
import { z } from 'zod';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { IncarnationId, MemberId, OrgId, TillId } from '../../../base/ids.ts';
import type { Hlc } from '../../../ledger/hlc.ts';
import { orderKey } from '../../../ledger/order.ts';

const UNREADABLE_KIND = 'unreadable';

// oxlint-disable-next-line no-control-regex -- they are what it looks for
const CONTROL_CHARACTERS = /[\0-\x08\x0b\x0c\x0e-\x1f]/;

export type StreamOwner = { readonly org: OrgId; readonly till: TillId; readonly inc: IncarnationId };

export type Envelope = {
  readonly id: string;
  readonly kind: string;
  readonly member: MemberId | null;
  readonly orderKey: string;
};

const text = z.string().min(1).max(128).refine(isStorable);

const envelopeSchema = z.object({
  org: z.string(),
  till: z.string(),
  inc: z.string(),
  seq: z.number(),
  id: text,
  kind: text,
  member: text.nullable() as unknown as z.ZodType<MemberId | null>, // an id of our own making
  bd: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) as unknown as z.ZodType<BusinessDate>, // checked by the pattern
  hlc: z.string().regex(/^[0-9a-f]{16}$/) as unknown as z.ZodType<Hlc>, // likewise
});

/** `other-stream`: the entry says that it is another one than its place in the batch makes it. */
export function readEnvelope(text: string, owner: StreamOwner, seq: number): Envelope | 'other-stream' {
  const parsed = envelopeSchema.safeParse(jsonOf(text));
  if (!parsed.success)
    return {
      id: `${owner.inc}/${seq}`,
      kind: UNREADABLE_KIND,
      member: null,
      orderKey: `unreadable/${owner.inc}/${seq}`,
    };
  const { org, till, inc, id, kind, member, bd, hlc } = parsed.data;
  if (org !== owner.org || till !== owner.till || inc !== owner.inc || parsed.data.seq !== seq) return 'other-stream';
  return { id, kind, member, orderKey: orderKey({ bd, hlc, till: owner.till, inc: owner.inc, seq }) };
}

/**
 * Text that the database can keep and pass on. No till writes another: JSON has control characters only escaped, save for white space
 * between its parts.
 */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTERS.test(text);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
