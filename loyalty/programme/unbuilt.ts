import { isZeroDuration } from '../../base/business-date.ts';
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

function ofParts(programme: Programme): ProgrammeProblem[] {
  const { tiers, badges, referral, memberships, clubs, notify, limits } = programme;
  const uses: readonly (readonly [Path, string, boolean])[] = [
    [['tiers'], 'The tier ladder', tiers !== undefined],
    [['badges'], 'The award of badges', badges.length > 0],
    [['referral'], 'Referral', referral !== undefined],
    [['memberships'], 'The sale of memberships', memberships.length > 0],
    [['clubs'], 'A club with its goals', clubs.length > 0],
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
