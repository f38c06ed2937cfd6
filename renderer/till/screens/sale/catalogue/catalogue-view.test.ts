import { expect, it } from 'vitest';
import { EXAMPLE_CATALOGUE } from '../../../testing/example-shop.ts';
import { ALL_ITEMS, categoriesOf, hueOf, itemsOf, neighbour, NO_CATEGORY } from './catalogue-view.ts';

it('has a tab for all, for each category in order, and for the rest where there is one', () => {
  const [first] = EXAMPLE_CATALOGUE;
  if (first === undefined) throw new Error('the example has no items');
  const items = [...EXAMPLE_CATALOGUE, { ...first, category: null }];
  expect(categoriesOf(items)).toEqual([
    ALL_ITEMS,
    'Coffee',
    'Tea',
    'Bakery',
    'Cakes',
    'Lunch',
    'To take home',
    NO_CATEGORY,
  ]);
  expect([ALL_ITEMS, 'Tea', NO_CATEGORY].map((category) => itemsOf(items, category).length)).toEqual([22, 3, 1]);
});

it('gives neighbouring categories different grounds', () => {
  const categories = categoriesOf(EXAMPLE_CATALOGUE);
  expect(categories.slice(1).map((category) => hueOf(category, categories))).toEqual([1, 2, 3, 4, 5, 6]);
});

it('moves up and down by rows and stays inside', () => {
  expect([
    neighbour(1, 'ArrowDown', 3, 7),
    neighbour(5, 'ArrowDown', 3, 7),
    neighbour(1, 'ArrowUp', 3, 7),
    neighbour(4, 'ArrowUp', 3, 7),
    neighbour(4, 'ArrowLeft', 3, 7),
  ]).toEqual([4, undefined, undefined, 1, undefined]);
});
