/** A small catalogue for baskets that are keyed at the till; a shop with a POS needs none. */
import { z } from 'zod';

export const catalogueItemSchema = z.strictObject({
  sku: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  category: z.string().max(64).nullable(),
  tags: z.array(z.string().max(64)).max(20),
  /** Minor units, tax included. */
  unitPrice: z.int().min(0).max(1_000_000_000_000),
  /** Decimal: `0.19`. */
  taxRate: z.string(),
  /** Product codes that a scanner reads. */
  barcodes: z.array(z.string().max(64)).max(10),
});
export type CatalogueItem = z.infer<typeof catalogueItemSchema>;

export const catalogueSchema = z.strictObject({
  version: z.int().min(1),
  items: z.array(catalogueItemSchema).max(5_000),
});
export type Catalogue = z.infer<typeof catalogueSchema>;
