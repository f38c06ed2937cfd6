/**
 * The steps of a schedule, and how one is made of chance. A step names tills, members and sales by number, whatever there is then, so that a schedule
 * with steps left out is a schedule too.
 */
import type { Chance } from './virtual/random.ts';

export const FAULTS = ['net', 'crash', 'clone', 'restore', 'office-crash', 'office-restore', 'clock', 'fence'] as const;
export type Fault = (typeof FAULTS)[number];

export type Step =
  | {
      readonly do: 'sale';
      readonly till: number;
      readonly member: number;
      readonly price: number;
      readonly coffees: number;
      readonly spend: 'none' | 'fiver' | 'two' | 'coffee' | 'all';
      readonly manager: boolean;
    }
  | { readonly do: 'refund'; readonly till: number; readonly sale: number; readonly part: boolean }
  | { readonly do: 'void'; readonly till: number; readonly sale: number }
  | { readonly do: 'adjust'; readonly till: number; readonly member: number; readonly amount: number }
  | {
      readonly do: 'transfer';
      readonly till: number;
      readonly from: number;
      readonly to: number;
      readonly amount: number;
    }
  | { readonly do: 'attach'; readonly till: number; readonly sale: number; readonly member: number }
  | { readonly do: 'claim'; readonly till: number; readonly code: number; readonly member: number }
  | { readonly do: 'repeat'; readonly command: number }
  | { readonly do: 'cable'; readonly till: number; readonly in: boolean }
  | { readonly do: 'sync'; readonly till: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'days'; readonly days: number }
  | { readonly do: 'merge'; readonly from: number; readonly into: number }
  | { readonly do: 'unmerge'; readonly from: number; readonly into: number }
  | { readonly do: 'office-adjust'; readonly member: number; readonly amount: number }
  | { readonly do: 'trouble'; readonly till: number; readonly percent: number }
  | { readonly do: 'crash'; readonly till: number; readonly commits: number }
  | { readonly do: 'backup'; readonly till: number }
  | { readonly do: 'restore'; readonly till: number }
  | { readonly do: 'clone'; readonly till: number }
  | { readonly do: 'clock'; readonly till: number; readonly minutes: number; readonly drift: number }
  | { readonly do: 'office-crash'; readonly commits: number }
  | { readonly do: 'office-backup' }
  | { readonly do: 'office-restore' }
  | { readonly do: 'fence'; readonly till: number }
  | { readonly do: 'enrol-again'; readonly till: number }
  | { readonly do: 'write-off'; readonly till: number };

const STEPS_MIN = 12;
const STEPS_SPREAD = 18;

export function randomSteps(chance: Chance, faults: ReadonlySet<Fault>): Step[] {
  const count = STEPS_MIN + chance.int(STEPS_SPREAD);
  const first: Step[] = [
    ...Array.from({ length: chance.int(3) }, (): Step => ({ do: 'cable', till: any(chance), in: false })),
    { do: 'sale', till: 0, member: 0, price: 2_000, coffees: 2, spend: 'none', manager: false },
    { do: 'sale', till: 1, member: 1, price: 1_500, coffees: 1, spend: 'none', manager: false },
  ];
  return [...first, ...Array.from({ length: count - first.length }, () => randomStep(chance, faults))];
}

/** Of a hundred steps without faults. */
const SHOP: readonly (readonly [number, (chance: Chance) => Step])[] = [
  [34, sale],
  [7, (chance) => ({ do: 'refund', till: any(chance), sale: chance.int(6), part: chance.percent(50) })],
  [4, (chance) => ({ do: 'void', till: any(chance), sale: chance.int(4) })],
  [4, (chance) => ({ do: 'adjust', till: any(chance), member: any(chance), amount: chance.int(40) - 20 })],
  [
    5,
    (chance) => ({ do: 'transfer', till: any(chance), from: any(chance), to: any(chance), amount: 1 + chance.int(15) }),
  ],
  [2, (chance) => ({ do: 'attach', till: any(chance), sale: chance.int(4), member: any(chance) })],
  [3, (chance) => ({ do: 'claim', till: any(chance), code: chance.int(3), member: any(chance) })],
  [2, (chance) => ({ do: 'repeat', command: chance.int(4) })],
  [13, (chance) => ({ do: 'cable', till: any(chance), in: chance.percent(55) })],
  [8, (chance) => ({ do: 'sync', till: any(chance) })],
  [4, (chance) => ({ do: 'wait', ms: 200 * 2 ** chance.int(14) })],
  [5, (chance) => ({ do: 'days', days: 1 + chance.int(3) })],
  [3, (chance) => ({ do: 'merge', from: any(chance), into: any(chance) })],
  [2, (chance) => ({ do: 'unmerge', from: any(chance), into: any(chance) })],
  [4, (chance) => ({ do: 'office-adjust', member: any(chance), amount: chance.int(40) - 20 })],
];

const BROKEN: Readonly<Record<Fault, readonly ((chance: Chance) => Step)[]>> = {
  net: [(chance) => ({ do: 'trouble', till: any(chance), percent: chance.pick([0, 30, 60]) })],
  crash: [(chance) => ({ do: 'crash', till: any(chance), commits: chance.int(4) })],
  clone: [(chance) => ({ do: 'clone', till: any(chance) })],
  restore: [(chance) => ({ do: 'backup', till: any(chance) }), (chance) => ({ do: 'restore', till: any(chance) })],
  'office-crash': [(chance) => ({ do: 'office-crash', commits: 1 + chance.int(3) })],
  'office-restore': [() => ({ do: 'office-backup' }), () => ({ do: 'office-restore' })],
  clock: [
    (chance) => ({
      do: 'clock',
      till: any(chance),
      minutes: chance.pick([-600, -30, 5, 400]),
      drift: chance.pick([0, 0, 0.01]),
    }),
  ],
  fence: [
    (chance) => ({ do: 'fence', till: any(chance) }),
    (chance) => ({ do: 'enrol-again', till: any(chance) }),
    (chance) => ({ do: 'write-off', till: any(chance) }),
  ],
};

const FAULT_PERCENT = 22;

function randomStep(chance: Chance, faults: ReadonlySet<Fault>): Step {
  if (faults.size > 0 && chance.percent(FAULT_PERCENT)) return chance.pick(BROKEN[chance.pick([...faults])])(chance);
  let left = chance.int(100);
  for (const [share, make] of SHOP) {
    left -= share;
    if (left < 0) return make(chance);
  }
  return sale(chance);
}

function sale(chance: Chance): Step {
  return {
    do: 'sale',
    till: any(chance),
    member: any(chance),
    price: 300 + chance.int(20) * 100,
    coffees: chance.int(3),
    spend: chance.pick(['none', 'none', 'fiver', 'fiver', 'two', 'coffee', 'all']),
    manager: chance.percent(50),
  };
}

/** Of tills or members, as many as there are. */
function any(chance: Chance): number {
  return chance.int(12);
}
