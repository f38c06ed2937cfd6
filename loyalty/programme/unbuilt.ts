import { isZeroDuration } from '../../base/business-date.ts';
import { rewardKind } from '../rewards/kinds/table.ts';
import { type ProgrammeProblem, problem } from './problem.ts';
import type { Programme } from './programme.ts';
import type { Wallet } from './wallet.ts';

/**
 * Fields that parse and whose evaluation is not built yet. A programme that uses one is refused wherever it is published or
 * loaded: a till must never sell under terms that it would silently leave out. Whoever builds one takes its line out here.
 */

type Path = readonly PropertyKey[];

export function findUnbuilt(programme: Programme): ProgrammeProblem[] {
  return [
    ...(programme.enrolment === 'opt-in' ? [] : [unbuilt(['enrolment'], 'Automatic enrolment')]),
    ...programme.wallets.flatMap((wallet, index) => ofWallet(wallet, ['wallets', index])),
    ...programme.earn.flatMap(({ when, lines }, index) => ofConditions(when, lines, ['earn', index])),
    ...programme.rewards.flatMap((reward, index) => ofReward(reward, ['rewards', index])),
    ...ofParts(programme),
  ];
}

function ofWallet({ expiry, pending, spentOnRefund }: Wallet, path: Path): ProgrammeProblem[] {
  return [
    ...(expiry === undefined ? [] : [unbuilt([...path, 'expiry'], 'The expiry of points')]),
    ...(isZeroDuration(pending) ? [] : [unbuilt([...path, 'pending'], 'A time before points can be spent')]),
    ...(spentOnRefund === 'prorate' ? [] : [unbuilt([...path, 'spentOnRefund'], 'The return of costs in full only')]),
  ];
}

function ofReward({ give, when }: Programme['rewards'][number], path: Path): ProgrammeProblem[] {
  const lines = give.kind === 'free-item' || give.kind === 'percent-off' ? give.lines : undefined;
  return [
    ...(rewardKind(give) === undefined ? [unbuilt([...path, 'give', 'kind'], `A reward of kind ${give.kind}`)] : []),
    ...ofConditions(when, undefined, path),
    ...ofConditions(undefined, lines, [...path, 'give']),
  ];
}

function ofConditions(
  when: Programme['earn'][number]['when'],
  lines: Programme['earn'][number]['lines'],
  path: Path,
): ProgrammeProblem[] {
  return [
    ...(when?.tier === undefined ? [] : [unbuilt([...path, 'when', 'tier'], 'A condition on the level')]),
    ...(when?.membership === undefined
      ? []
      : [unbuilt([...path, 'when', 'membership'], 'A condition on a membership')]),
    ...(when?.club === undefined ? [] : [unbuilt([...path, 'when', 'club'], 'A condition on a club')]),
    ...(lines?.frequent === undefined
      ? []
      : [unbuilt([...path, 'lines', 'frequent'], 'A condition on earlier purchases')]),
  ];
}

function ofParts(programme: Programme): ProgrammeProblem[] {
  const { tiers, badges, referral, memberships, clubs, partners, notify, limits } = programme;
  const uses: readonly (readonly [Path, string, boolean])[] = [
    [['tiers'], 'The tier ladder', tiers !== undefined],
    [['badges'], 'The award of badges', badges.length > 0],
    [['referral'], 'Referral', referral !== undefined],
    [['memberships'], 'The sale of memberships', memberships.length > 0],
    [['clubs'], 'A club with its goals', clubs.length > 0],
    [['partners'], 'The check of partner numbers', partners.length > 0],
    [['notify'], 'The sending of messages', notify.length > 0],
    [['limits', 'offlineRedeem'], 'A limit on offline redemption', limits?.offlineRedeem !== undefined],
    [['limits', 'transfer'], 'A limit on transfers', limits?.transfer !== undefined],
    [['limits', 'adjust'], 'A limit on adjustments', limits?.adjust !== undefined],
  ];
  return uses.flatMap(([path, what, used]) => (used ? [unbuilt(path, what)] : []));
}

function unbuilt(path: Path, what: string): ProgrammeProblem {
  return problem(path, `${what} is not built yet.`);
}
