/** What the console shows of an entry's text, of any kind and version; undefined where it is no entry that we can read. */
import { z } from 'zod';

const rawEntrySchema = z.object({
  wall: z.int(),
  bd: z.string(),
  receipt: z.string().nullable(),
  postings: z.array(z.object({ account: z.string(), wallet: z.string(), amount: z.int() })),
  body: z.unknown(),
});

const saleMoneySchema = z.object({ due: z.int() });
const moneyBackSchema = z.object({ money: z.int() });

export type RawEntry = z.infer<typeof rawEntrySchema>;

export function readRaw(text: string): RawEntry | undefined {
  try {
    return rawEntrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What was due, or given back; null for kinds without money. */
export function moneyOf(kind: string, body: unknown): number | null {
  if (kind === 'sale') return saleMoneySchema.safeParse(body).data?.due ?? null;
  if (kind === 'void' || kind === 'refund') return moneyBackSchema.safeParse(body).data?.money ?? null;
  return null;
}
