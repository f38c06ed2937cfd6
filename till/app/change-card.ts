/** Cards of a member: one more is linked, a lost one is blocked, or replaced by a new one (fine print 40). */
import type { CardCode, CommandId, MemberId } from '../../base/ids.ts';
import { failed, ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { parseCardCode } from '../../hardware/scanner/code.ts';
import type { CardBody } from '../../ledger/bodies/account.ts';
import type { MemberView } from '../contract/shapes.ts';
import type { CommitParts } from './commit-sale.ts';
import type { Caller } from './context.ts';
import type { KnownMember } from './member-book.ts';
import { runOnMember } from './member-command.ts';
import { recordEntry } from './record-entry.ts';

export type CardRequest = {
  readonly command: CommandId;
  readonly member: MemberId;
  readonly card: string;
  readonly action: 'link' | 'block' | 'replace';
  /** The new card, with `replace`. */
  readonly new?: string | null | undefined;
};

/** Refuses with `unknown-member`, `unknown-card` (to block or replace) and `invalid-request`, in this order; a number that is no card first. */
export function changeCard(parts: CommitParts, caller: Caller, request: CardRequest): Result<MemberView, Refusal> {
  return runOnMember(parts, caller, {
    id: request.command,
    name: 'member.card',
    input: request,
    prepare: () => changeOf(parts, request),
    work: ({ member, body }, append, { local: { date } }) => {
      recordEntry(parts, append, {
        kind: 'card',
        member: member.member,
        prog: parts.programmes.inEffect(date)?.hash ?? null,
        receipt: null,
        refs: [],
        basis: null,
        body,
      });
      return member.member;
    },
  });
}

type Change = { readonly member: KnownMember; readonly body: CardBody };

function changeOf(parts: CommitParts, request: CardRequest): Result<Change, Refusal> {
  const card = parseCardCode(request.card);
  if (!card.ok) return card;
  const next = newCard(request);
  if (!next.ok) return next;
  const member = parts.members.find(request.member);
  if (member === undefined) return refused('unknown-member', 'This member is not known here.', 'member');
  const body = bodyOf(parts, request.action, member, card.value, next.value);
  return body.ok ? ok({ member, body: body.value }) : failed(body.error);
}

function newCard({ action, new: typed }: CardRequest): Result<CardCode | undefined, Refusal> {
  const named = typed ?? null;
  if ((action === 'replace') !== (named !== null)) {
    return refused('invalid-request', 'A new card is named to replace one, and only then.', 'new');
  }
  return named === null ? ok(undefined) : parseCardCode(named);
}

function bodyOf(
  { members }: CommitParts,
  action: CardRequest['action'],
  { member }: KnownMember,
  card: CardCode,
  next: CardCode | undefined,
): Result<CardBody, Refusal> {
  const known = members.card(card);
  if (action === 'link') {
    return known === undefined
      ? ok({ action, card })
      : refused('invalid-request', 'This card has a member already. Take a new one.', 'card');
  }
  if (known === undefined) return refused('unknown-card', 'This card is not known.', 'card');
  if (members.find(known.member)?.member !== member) {
    return refused('invalid-request', 'This card belongs to another member.', 'card');
  }
  if (known.status === 'replaced') return refused('invalid-request', 'This card was replaced before.', 'card');
  if (next === undefined) {
    return known.status === 'active'
      ? ok({ action: 'block', card })
      : refused('invalid-request', 'This card is blocked already.', 'card');
  }
  return members.card(next) === undefined && next !== card
    ? ok({ action: 'replace', card, new: next })
    : refused('invalid-request', 'The new card has a member already. Take another one.', 'new');
}
