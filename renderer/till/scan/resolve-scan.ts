import type { CatalogueItem } from '../../../base/catalogue.ts';
import type { Refusal } from '../../../base/result.ts';
import { parseCardCode } from './scanner.ts';

export type Resolved =
  | { readonly kind: 'item'; readonly item: CatalogueItem }
  | { readonly kind: 'card'; readonly card: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What a code means at this till: a product of the catalogue first, and otherwise a card. A payment card goes no further than here. */
export function resolveScan(text: string, items: readonly CatalogueItem[]): Resolved {
  const item = itemOfBarcode(text.trim(), items);
  if (item !== undefined) return { kind: 'item', item };
  const card = parseCardCode(text);
  if (!card.ok) return { kind: 'refused', refusal: card.error };
  const padded = itemOfBarcode(card.value, items);
  return padded === undefined ? { kind: 'card', card: card.value } : { kind: 'item', item: padded };
}

function itemOfBarcode(code: string, items: readonly CatalogueItem[]): CatalogueItem | undefined {
  return items.find((item) => item.barcodes.includes(code));
}

/** A card's number has digits and no spaces between words; a phone number with spaces, an e-mail address and a name have not. */
export function looksLikeCode(text: string): boolean {
  const trimmed = text.trim();
  return /\d{4}/.test(trimmed) && !/[\s@]/.test(trimmed) && !trimmed.startsWith('+');
}
