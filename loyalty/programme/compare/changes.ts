/**
 * What a version of a programme changes against an earlier one, in words that whoever publishes it can check: what members earn, what
 * rewards cost, who reaches which level, and all the rest. Pure; the documents parse.
 */
import type { Programme } from '../programme.ts';
import { earnedOn, type EarnedOn } from './earned-on.ts';
import { fieldsThatDiffer, type Plain, plain } from './plain.ts';

export const CHANGE_AREAS = ['earning', 'costs', 'tiers', 'wallets', 'gifts', 'limits', 'terms'] as const;
export type ChangeArea = (typeof CHANGE_AREAS)[number];

export type ProgrammeChange = {
  readonly area: ChangeArea;
  /** In the document, with ids in place of list positions: `rewards.free-coffee.cost.amount`. */
  readonly path: string;
  /** Undefined: absent. */
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
  readonly sentence: string;
};

export type ProgrammeComparison = {
  readonly changes: readonly ProgrammeChange[];
  /** What a plain sale of so much earned and earns, for each wallet whose earning differs. */
  readonly examples: readonly EarnedOn[];
};

export function compareProgrammes(before: Programme, after: Programme): ProgrammeComparison {
  return { changes: PARTS.flatMap((part) => changesOf(part, before, after)), examples: earnedOn(before, after) };
}

type Part = {
  readonly area: ChangeArea;
  readonly name: string;
  /** What people call one of it. */
  readonly what: string;
  readonly items: (programme: Programme) => readonly (readonly [id: string, value: unknown])[];
};

const byId = (items: readonly { readonly id: string }[]) => items.map((item) => [item.id, item] as const);

const PARTS: readonly Part[] = [
  { area: 'earning', name: 'earn', what: 'The earning rule', items: ({ earn }) => byId(earn) },
  { area: 'costs', name: 'rewards', what: 'The reward', items: ({ rewards }) => byId(rewards) },
  { area: 'tiers', name: 'tiers.levels', what: 'The level', items: ({ tiers }) => byId(tiers?.levels ?? []) },
  { area: 'wallets', name: 'wallets', what: 'The wallet', items: ({ wallets }) => byId(wallets) },
  { area: 'gifts', name: 'badges', what: 'The badge', items: ({ badges }) => byId(badges) },
  { area: 'gifts', name: 'memberships', what: 'The membership', items: ({ memberships }) => byId(memberships) },
  { area: 'gifts', name: 'clubs', what: 'The club', items: ({ clubs }) => byId(clubs) },
  { area: 'terms', name: 'partners', what: 'The partner', items: ({ partners }) => byId(partners) },
  {
    area: 'tiers',
    name: 'tiers',
    what: 'The ladder',
    items: ({ tiers }) => wholes('', tiers && { ...tiers, levels: [] }),
  },
  { area: 'gifts', name: 'referral', what: 'The referral', items: ({ referral }) => wholes('', referral) },
  { area: 'limits', name: 'limits', what: 'The set of limits', items: ({ limits }) => wholes('', limits) },
  { area: 'terms', name: '', what: 'The programme', items: (programme) => wholes('', termsOf(programme)) },
];

function wholes(id: string, value: unknown): readonly (readonly [string, unknown])[] {
  return value === undefined ? [] : [[id, value]];
}

/** What is said once; version and date differ always. */
function termsOf({ id, currency, minorDigits, timezone, dayStart, enrolment, combine, notify }: Programme) {
  return { id, currency, minorDigits, timezone, dayStart, enrolment, combine, notify };
}

function changesOf(part: Part, before: Programme, after: Programme): ProgrammeChange[] {
  const was = new Map(part.items(before));
  const is = new Map(part.items(after));
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  return ids.flatMap((id) => itemChanges(part, id, was.get(id), is.get(id)));
}

function itemChanges(part: Part, id: string, was: unknown, is: unknown): ProgrammeChange[] {
  const path = [part.name, id].filter((piece) => piece !== '').join('.');
  const name = id === '' ? part.what : `${part.what} "${id}"`;
  const before = was === undefined ? undefined : plain(was);
  const after = is === undefined ? undefined : plain(is);
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ area: part.area, path, before, after, sentence: `${name} is new.` }];
  if (after === undefined) return [{ area: part.area, path, before, after, sentence: gone(part, name) }];
  return fieldsThatDiffer(before, after).map((field) => {
    const where = [path, ...field.path].filter((piece) => piece !== '').join('.');
    const sentence = `${name}: ${field.path.join('.')} ${shown(field.before)} → ${shown(field.after)}.`;
    return {
      area: part.area,
      path: where,
      before: field.before,
      after: field.after,
      sentence: `${sentence}${kept(part, is)}`,
    };
  });
}

function gone({ name }: Part, item: string): string {
  return name === 'tiers.levels' || name === 'tiers'
    ? `${item} is no more; who holds it keeps it to its end.`
    : `${item} is no more.`;
}

/** Nobody loses a level before its end by a new version (programme.md, "Tiers"). */
function kept({ name }: Part, item: unknown): string {
  const ended = typeof item === 'object' && item !== null && 'at' in item && item.at !== 0;
  return name === 'tiers.levels' && ended ? ' Who holds it keeps it to its end.' : '';
}

function shown(value: Plain | undefined): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
