import { type ProgrammeProblem, problem } from './problem.ts';
import type { Programme } from './programme.ts';

/** What a schema of one part cannot see: ids that must be unique, and ids that must exist elsewhere in the document. */

/** Under `combine: multiply` the product of all is computed exactly; beyond this it would be thousands of digits. */
export const MULTIPLIED_FACTORS_MAX = 100;
/** Each is tried at every sale, and again for every reward that a screen offers beside it. */
export const AUTO_REWARDS_MAX = 50;

type Path = readonly PropertyKey[];
type When = NonNullable<Programme['earn'][number]['when']>;

export function findBrokenReferences(programme: Programme): ProgrammeProblem[] {
  return [
    ...findDuplicates(programme),
    ...findUnknownWallets(programme),
    ...findUnknownConditions(programme),
    ...findMisplacedShares(programme),
    ...findTooManyFactors(programme),
    ...findTooManyAutos(programme),
  ];
}

function findDuplicates(programme: Programme): ProgrammeProblem[] {
  const lists: readonly (readonly [Path, readonly { readonly id: string }[]])[] = [
    [['wallets'], programme.wallets],
    [['tiers', 'levels'], programme.tiers?.levels ?? []],
    [['earn'], programme.earn],
    [['rewards'], programme.rewards],
    [['badges'], programme.badges],
    [['memberships'], programme.memberships],
    [['clubs'], programme.clubs],
    ...programme.clubs.map(({ goals }, index) => [['clubs', index, 'goals'], goals] as const),
    [['partners'], programme.partners],
  ];
  return lists.flatMap(([path, items]) => duplicatesIn(path, items));
}

function duplicatesIn(path: Path, items: readonly { readonly id: string }[]): ProgrammeProblem[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, index) => {
    if (seen.has(id)) return [problem([...path, index, 'id'], `"${id}" is there already`)];
    seen.add(id);
    return [];
  });
}

function findUnknownWallets(programme: Programme): ProgrammeProblem[] {
  const { tiers, referral } = programme;
  const named: (readonly [Path, string | undefined])[] = [
    [['tiers', 'wallet'], tiers?.wallet],
    ...programme.earn.map(({ wallet }, index) => [['earn', index, 'wallet'], wallet] as const),
    ...programme.rewards.map(({ cost }, index) => [['rewards', index, 'cost', 'wallet'], cost?.wallet] as const),
    ...programme.badges.map(({ give }, index) => [['badges', index, 'give', 'wallet'], give?.wallet] as const),
    [['referral', 'referrer', 'wallet'], referral?.referrer.wallet],
    [['referral', 'referee', 'wallet'], referral?.referee.wallet],
    ...programme.clubs.flatMap(({ goals }, club) =>
      goals.map(({ give }, goal) => [['clubs', club, 'goals', goal, 'give', 'wallet'], give.wallet] as const),
    ),
  ];
  return unknownIn('wallet', new Set(programme.wallets.map(({ id }) => id)), named);
}

function findUnknownConditions(programme: Programme): ProgrammeProblem[] {
  const levels = new Set(programme.tiers?.levels.map(({ id }) => id));
  const memberships = new Set(programme.memberships.map(({ id }) => id));
  const clubs = new Set(programme.clubs.map(({ id }) => id));
  return conditionsOf(programme).flatMap(([path, when]) => [
    ...unknownIn('level', levels, each([...path, 'tier'], when.tier)),
    ...unknownIn('membership', memberships, each([...path, 'membership'], when.membership)),
    ...unknownIn('club', clubs, each([...path, 'club'], when.club)),
  ]);
}

function conditionsOf({ earn, rewards }: Programme): (readonly [Path, When])[] {
  return [
    ...earn.map(({ when }, index) => [['earn', index, 'when'], when] as const),
    ...rewards.map(({ when }, index) => [['rewards', index, 'when'], when] as const),
  ].flatMap(([path, when]) => (when === undefined ? [] : [[path, when] as const]));
}

function each(path: Path, ids: ReadonlySet<string> | undefined): (readonly [Path, string])[] {
  return [...(ids ?? [])].map((id, index) => [[...path, index], id] as const);
}

function unknownIn(
  what: string,
  known: ReadonlySet<string>,
  named: readonly (readonly [Path, string | undefined])[],
): ProgrammeProblem[] {
  return named.flatMap(([path, id]) =>
    id === undefined || known.has(id) ? [] : [problem(path, `there is no ${what} "${id}"`)],
  );
}

/** A percentage of money is money: it makes no points. */
function findMisplacedShares({ wallets, earn }: Programme): ProgrammeProblem[] {
  const kinds = new Map(wallets.map(({ id, kind }) => [id, kind]));
  return earn.flatMap(({ amount, wallet }, index) => {
    const kind = kinds.get(wallet);
    if (amount?.per !== 'share' || kind === undefined || kind === 'money') return [];
    return [problem(['earn', index, 'amount', 'per'], `a share needs a money wallet, and "${wallet}" holds ${kind}`)];
  });
}

function findTooManyFactors({ combine, earn }: Programme): ProgrammeProblem[] {
  if (combine !== 'multiply') return [];
  const factors = new Map<string, number>();
  return earn.flatMap(({ multiply, wallet }, index) => {
    if (multiply === undefined) return [];
    const count = (factors.get(wallet) ?? 0) + 1;
    factors.set(wallet, count);
    if (count !== MULTIPLIED_FACTORS_MAX + 1) return [];
    return [problem(['earn', index, 'multiply'], `at most ${MULTIPLIED_FACTORS_MAX} multipliers of a wallet multiply`)];
  });
}

function findTooManyAutos({ rewards }: Programme): ProgrammeProblem[] {
  const autos = rewards.flatMap(({ auto }, index) => (auto ? [index] : []));
  const beyond = autos[AUTO_REWARDS_MAX];
  return beyond === undefined
    ? []
    : [problem(['rewards', beyond, 'auto'], `at most ${AUTO_REWARDS_MAX} rewards are auto`)];
}
