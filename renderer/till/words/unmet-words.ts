/** Why a rule or a reward does not hold, in a few words each. */
import type { Unmet } from '../../../loyalty/conditions/unmet.ts';
import type { Say } from '../../ui/i18n/typed-intl.tsx';
import type { AmountWords } from './amounts.ts';
import { durationWords } from './durations.ts';
import type { MessageId } from './intl.ts';
import { readable } from '../../ui/i18n/readable.ts';
import { formatDay, weekdayName } from './when.ts';

export type ReasonWords = { readonly say: Say<MessageId>; readonly amounts: AmountWords };

type Sayer = (unmet: Unmet, words: ReasonWords) => string;

export function unmetWords(unmet: Unmet, words: ReasonWords): string {
  return SAYERS[unmet.condition](unmet, words);
}

const names: Sayer = ({ condition, ...unmet }, { say, amounts }) =>
  say(`unmet.${condition}` as NamedMessage, { names: joined(idsOf(unmet).map(readable), amounts.locale) }); // of the conditions below only
type NamedMessage = `unmet.${'channel' | 'store' | 'tier' | 'membership' | 'club' | 'segment'}`;

const date =
  (id: 'unmet.from' | 'unmet.until'): Sayer =>
  (unmet, { say, amounts }) =>
    say(id, { date: formatDay(idsOf(unmet)[0] ?? '', amounts.locale) });

const SAYERS: Readonly<Record<Unmet['condition'], Sayer>> = {
  weekdays: (unmet, { say, amounts: { locale } }) =>
    say('unmet.weekdays', {
      days: joined(
        idsOf(unmet).map((day) => weekdayName(day, locale)),
        locale,
      ),
    }),
  between: (unmet, { say }) => {
    const [start = '', end = ''] = idsOf(unmet);
    return say('unmet.between', { start, end });
  },
  from: date('unmet.from'),
  validFrom: date('unmet.from'),
  until: date('unmet.until'),
  validUntil: date('unmet.until'),
  channel: names,
  store: names,
  tier: names,
  membership: names,
  club: names,
  segment: names,
  birthday: (unmet, { say }) => say(idsOf(unmet)[0] === 'month' ? 'unmet.birthday.month' : 'unmet.birthday.day'),
  minSpend: ({ missing }, { say, amounts }) => say('unmet.minSpend', { amount: amounts.money(missing ?? 0) }),
  frequent: (unmet, { say }) => {
    const [times = '0', within = ''] = idsOf(unmet);
    return say('unmet.frequent', { times: Number(times), within: durationWords(within, say) });
  },
  limit: ({ has }, { say }) => say('unmet.limit', { has: Number(has ?? 0) }),
  member: (unmet, { say, amounts }) => {
    const list = idsOf(unmet);
    if (list.length === 0) return say('unmet.member');
    return say('unmet.member.some', { conditions: conditionNames(list, say, amounts) });
  },
  firstSale: (_unmet, { say }) => say('unmet.firstSale'),
  lines: (_unmet, { say }) => say('unmet.lines'),
};

/** What may be spent where head office cannot be asked; of nothing nobody wants to hear a number. */
export function offlineWords(left: { wallet: string; amount: number }, { say, amounts }: ReasonWords): string {
  if (left.amount <= 0) return say('rewards.offline.none');
  return say('rewards.offline', { amount: amounts.wallet(left) });
}

/** Several reasons in one line, the first three of them. */
export function reasonsWords(because: readonly Unmet[], words: ReasonWords): string {
  return because
    .slice(0, 3)
    .map((unmet) => unmetWords(unmet, words))
    .join(' · ');
}

function idsOf({ wanted }: Pick<Unmet, 'wanted'>): readonly string[] {
  if (wanted === undefined) return [];
  return typeof wanted === 'object' ? wanted : [String(wanted)];
}

function joined(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(names);
}

const MEMBER_CONDITIONS = ['tier', 'membership', 'club', 'segment', 'birthday', 'firstSale'] as const;

function conditionNames(list: readonly string[], say: Say<MessageId>, { locale }: AmountWords): string {
  const known = MEMBER_CONDITIONS.filter((condition) => list.includes(condition));
  return joined(
    known.map((condition) => say(`condition.${condition}`)),
    locale,
  );
}
