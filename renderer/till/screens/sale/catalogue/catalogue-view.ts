import type { CatalogueItem } from '../../../../../base/catalogue.ts';

/** Tabs that are no category of the catalogue; a category is never the empty text or one space. */
export const ALL_ITEMS = '';
export const NO_CATEGORY = ' ';

/** The tabs in the catalogue's own order: all, each category, and the rest where there is one. */
export function categoriesOf(items: readonly CatalogueItem[]): readonly string[] {
  const named = new Set(items.flatMap(({ category }) => (category === null ? [] : [category])));
  const rest = items.some(({ category }) => category === null) ? [NO_CATEGORY] : [];
  return [ALL_ITEMS, ...named, ...rest];
}

export function itemsOf(items: readonly CatalogueItem[], category: string): readonly CatalogueItem[] {
  if (category === ALL_ITEMS) return items;
  const wanted = category === NO_CATEGORY ? null : category;
  return items.filter((item) => item.category === wanted);
}

export const HUES = 6;

/** 1 to 6: the ground that a category's tiles share. */
export function hueOf(category: string | null, categories: readonly string[]): number {
  return ((Math.max(1, categories.indexOf(category ?? NO_CATEGORY)) - 1) % HUES) + 1;
}

/** Where an arrow key leads in a grid of `count` tiles with `columns` to a row; undefined where it leads out. */
export function neighbour(index: number, key: string, columns: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = { ArrowUp: -columns, ArrowDown: columns };
  const step = steps[key];
  if (step === undefined) return undefined;
  const next = index + step;
  return next >= 0 && next < count ? next : undefined;
}
