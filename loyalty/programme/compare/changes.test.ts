import { describe, expect, it } from 'vitest';
import { DOCUMENT, PER_EURO, valueOf } from '../../testing/build.ts';
import { parseProgramme } from '../parse.ts';
import { compareProgrammes } from './changes.ts';

const COFFEE = { id: 'free-coffee', cost: { wallet: 'points', amount: 50 }, give: { kind: 'free-item' } };
const TIERS = {
  measure: 'earned',
  wallet: 'points',
  window: 'P12M',
  keep: 'P12M',
  levels: [
    { id: 'silver', at: 0 },
    { id: 'gold', at: 100 },
  ],
};

function version(number: number, parts: Readonly<Record<string, unknown>>) {
  const document = { ...DOCUMENT, earn: [PER_EURO], rewards: [COFFEE], tiers: TIERS, version: number, ...parts };
  return valueOf(parseProgramme(document));
}

const changed = (parts: Readonly<Record<string, unknown>>) => compareProgrammes(version(1, {}), version(2, parts));
const said = (parts: Readonly<Record<string, unknown>>) =>
  changed(parts).changes.map(({ area, sentence }) => [area, sentence]);

describe('a later version', () => {
  it('that says the same changes nothing, also where it writes a default out', () => {
    expect(changed({ rewards: [{ ...COFFEE, auto: false }], combine: 'highest' })).toEqual({
      changes: [],
      examples: [],
    });
  });

  it('that gives more is told by field, and by what a plain sale gave and gives', () => {
    const earn = [{ ...PER_EURO, amount: { per: 'spend', give: 2, every: 100 } }];
    expect(changed({ earn })).toEqual({
      changes: [
        {
          area: 'earning',
          path: 'earn.base.amount.give',
          before: 1,
          after: 2,
          sentence: 'The earning rule "base": amount.give 1 → 2.',
        },
      ],
      examples: [
        { due: 100, wallet: 'points', before: 1, after: 2 },
        { due: 1000, wallet: 'points', before: 10, after: 20 },
        { due: 10000, wallet: 'points', before: 100, after: 200 },
      ],
    });
  });

  it('that asks more for a reward or a level says so, and who keeps it', () => {
    const rewards = [{ ...COFFEE, cost: { wallet: 'points', amount: 60 } }];
    const tiers = { ...TIERS, levels: [TIERS.levels[0], { id: 'gold', at: 200 }] };
    expect(said({ rewards, tiers })).toEqual([
      ['costs', 'The reward "free-coffee": cost.amount 50 → 60.'],
      ['tiers', 'The level "gold": at 100 → 200. Who holds it keeps it to its end.'],
    ]);
  });

  it('that adds and drops parts names each by its id', () => {
    const earn = [PER_EURO, { id: 'sunday', wallet: 'points', multiply: '1.5', when: { weekdays: ['sun'] } }];
    expect(
      said({ earn, rewards: [], tiers: { ...TIERS, window: 'lifetime', levels: [{ id: 'silver', at: 0 }] } }),
    ).toEqual([
      ['earning', 'The earning rule "sunday" is new.'],
      ['costs', 'The reward "free-coffee" is no more.'],
      ['tiers', 'The level "gold" is no more; who holds it keeps it to its end.'],
      ['tiers', 'The ladder: window P12M → lifetime.'],
    ]);
  });

  it('tells limits, wallets and terms from one another', () => {
    const wallets = DOCUMENT.wallets.map((wallet) =>
      wallet.id === 'points' ? { ...wallet, negative: 'forgive' } : wallet,
    );
    expect(said({ wallets, combine: 'add', limits: { adjust: { manager: 100 } } })).toEqual([
      ['wallets', 'The wallet "points": negative allow → forgive.'],
      ['limits', 'The set of limits is new.'],
      ['terms', 'The programme: combine highest → add.'],
    ]);
  });
});
