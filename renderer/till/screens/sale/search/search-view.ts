/** What may be meant by what is being typed. Pure. */
import type { CatalogueItem } from '../../../../../base/catalogue.ts';
import { normaliseName } from '../../../../../base/name.ts';
import { looksLikeCode } from '../../../scan/resolve-scan.ts';
import type { MemberHit } from '../../../state/till-state.ts';

export type Suggestion =
  | { readonly kind: 'item'; readonly key: string; readonly item: CatalogueItem }
  | { readonly kind: 'member'; readonly key: string; readonly hit: MemberHit }
  | { readonly kind: 'card'; readonly key: string; readonly text: string }
  | { readonly kind: 'name'; readonly key: string; readonly text: string };

export type SuggestionGroup = {
  readonly label: 'search.products' | 'search.members';
  readonly items: readonly Suggestion[];
};

export const PRODUCTS_SUGGESTED_MAX = 5;
export const MEMBERS_SUGGESTED_MAX = 6;

/**
 * Products first, since they are known at once; members come a moment later, below, so that nothing moves that is marked already. Where
 * nobody is known yet, the search itself is the member's suggestion: Enter always does what the list says.
 */
export function suggestionGroups(
  text: string,
  items: readonly CatalogueItem[],
  hits: readonly MemberHit[],
): readonly SuggestionGroup[] {
  const typed = text.trim();
  if (typed === '') return NO_GROUPS;
  const products = matchingItems(typed, items).map((item): Suggestion => ({
    kind: 'item',
    key: `item ${item.sku}`,
    item,
  }));
  const groups: readonly SuggestionGroup[] = [
    { label: 'search.products', items: products },
    { label: 'search.members', items: memberSuggestions(typed, hits) },
  ];
  return groups.filter((group) => group.items.length > 0);
}

function memberSuggestions(typed: string, hits: readonly MemberHit[]): Suggestion[] {
  if (looksLikeCode(typed)) return [{ kind: 'card', key: 'card', text: typed }];
  const members = hits
    .slice(0, MEMBERS_SUGGESTED_MAX)
    .map((hit): Suggestion => ({ kind: 'member', key: `member ${hit.member}`, hit }));
  return members.length > 0 ? members : [{ kind: 'name', key: 'name', text: typed }];
}

/** By the beginning of any word of the name, accents aside, or by the whole sku or barcode. */
function matchingItems(typed: string, items: readonly CatalogueItem[]): CatalogueItem[] {
  const wanted = normaliseName(typed);
  const fits = (item: CatalogueItem): boolean =>
    item.barcodes.includes(typed) ||
    item.sku.toLowerCase() === typed.toLowerCase() ||
    ` ${normaliseName(item.name)}`.includes(` ${wanted}`);
  return items.filter(fits).slice(0, PRODUCTS_SUGGESTED_MAX);
}

const NO_GROUPS: readonly SuggestionGroup[] = [];
