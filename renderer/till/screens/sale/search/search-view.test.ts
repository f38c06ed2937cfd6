import { expect, it } from 'vitest';
import { EXAMPLE_CATALOGUE } from '../../../testing/example-shop.ts';
import { suggestionGroups } from './search-view.ts';

const HIT = { member: 'm1' as never, displayName: 'Carla', card: '1' }; // an id of the engine's
const labels = (text: string, hits: readonly (typeof HIT)[] = []) =>
  suggestionGroups(text, EXAMPLE_CATALOGUE, hits).map((group) => [group.label, group.items.map((item) => item.key)]);

it('suggests nothing for nothing', () => expect(labels('  ')).toEqual([]));

it('finds products by the start of any word, accents aside, and members below', () => {
  expect(labels('caf')).toEqual([
    ['search.products', ['item LAT']],
    ['search.members', ['name']],
  ]);
  expect(labels('car', [HIT])).toEqual([
    ['search.products', ['item CAR']],
    ['search.members', ['member m1']],
  ]);
});

it('offers to look a number up, and a barcode’s product before it', () => {
  expect(labels('2900000000018')).toEqual([['search.members', ['card']]]);
  expect(labels('4006381333931')).toEqual([
    ['search.products', ['item CUP']],
    ['search.members', ['card']],
  ]);
});
