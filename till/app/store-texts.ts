import { z } from 'zod';
import { catalogueSchema, type Catalogue } from '../../base/catalogue.ts';
import type { TillContext } from './context.ts';

/** What head office says of this store: its name, its receipts' words, its language. */
export const storeTextsSchema = z.object({
  name: z.string(),
  tillName: z.string(),
  receiptHeader: z.array(z.string()),
  receiptFooter: z.array(z.string()),
  locale: z.string(),
});
export type StoreTexts = z.infer<typeof storeTextsSchema>;

const DEFAULT_LOCALE = 'en-GB';

export function storeTexts({ store, stream }: Pick<TillContext, 'store' | 'stream'>): StoreTexts {
  const text = store.members.document('store');
  if (text !== undefined) return storeTextsSchema.parse(JSON.parse(text));
  const { storeName = 'Loyaltill', tillName = '' } = stream() ?? {};
  return { name: storeName, tillName, receiptHeader: [], receiptFooter: [], locale: DEFAULT_LOCALE };
}

export function catalogueOf({ store }: Pick<TillContext, 'store'>): Catalogue {
  const text = store.members.document('catalogue');
  return text === undefined ? { version: 1, items: [] } : catalogueSchema.parse(JSON.parse(text));
}
