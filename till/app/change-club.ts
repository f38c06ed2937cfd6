/** A member joins or leaves a club of the programme. */
import type { CommandId } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { clubsOf } from '../../ledger/member-state.ts';
import type { MemberView } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import { someCustomer, type Customer } from './customer.ts';
import type { KnownMember } from './member-book.ts';
import { runOnMember } from './member-command.ts';
import type { Moment } from './moment.ts';
import { noProgramme } from './price-sale.ts';
import { recordEntry } from './record-entry.ts';

export type ClubRequest = Customer & {
  readonly command: CommandId;
  readonly club: string;
  readonly action: 'join' | 'leave';
};

/** Refuses as a card and a member do, then with `invalid-request`: no such club, or the member is in it, or not in it, already. */
export function changeClub(parts: CommitParts, caller: Caller, request: ClubRequest): Result<MemberView, Refusal> {
  const { command: id, club, action } = request;
  return runOnMember(parts, caller, {
    id,
    name: 'member.club',
    input: request,
    prepare: (moment) => joining(parts, request, moment),
    work: (member, append, { local: { date } }) => {
      recordEntry(parts, append, {
        kind: 'club',
        member: member.member,
        prog: parts.programmes.inEffect(date)?.hash ?? null,
        receipt: null,
        refs: [],
        basis: null,
        body: { club, action },
      });
      return member.member;
    },
  });
}

function joining(parts: CommitParts, request: ClubRequest, { local: { date } }: Moment): Result<KnownMember, Refusal> {
  const customer = someCustomer(parts, request);
  if (!customer.ok) return customer;
  const { club, action } = request;
  const known = parts.programmes.inEffect(date);
  if (known === undefined) return refused('invalid-request', noProgramme(parts));
  const isIn = clubsOf(customer.value.state, date).has(club);
  // One that the programme has no more can still be left.
  if (action === 'join' && !known.programme.clubs.some(({ id }) => id === club)) {
    return refused('invalid-request', 'The programme has no such club.', 'club');
  }
  if (action === 'join' && isIn) return refused('invalid-request', 'The member is in this club already.', 'club');
  if (action === 'leave' && !isIn) return refused('invalid-request', 'The member is not in this club.', 'club');
  return ok(customer.value);
}
