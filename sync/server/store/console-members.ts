/** Members as the console lists them: newest first, or those that a search finds. */
import type { CardCode, MemberId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export type ConsoleMemberRow = {
  readonly number: number;
  readonly id: MemberId;
  readonly firstName: string | null;
  readonly joined: string;
  readonly blocked: boolean;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly segments: string[];
  readonly state: string;
};

/** Any of these finds a member. */
export type MemberSearch = {
  readonly cards: readonly CardCode[];
  readonly phone: string | null;
  /** Normalised beginning of a name. */
  readonly namePrefix: string;
};

export async function listMembers(
  queries: Queries,
  { search, before, limit }: { search: MemberSearch | undefined; before: number | undefined; limit: number },
): Promise<ConsoleMemberRow[]> {
  const found = search === undefined ? queries`` : queries`and ${foundBy(queries, search)}`;
  const older = before === undefined ? queries`` : queries`and member.number < ${before}`;
  return await queries<ConsoleMemberRow[]>`
    select number, id, first_name, joined, blocked, phone, email, birthday, segments, member_state.state
    from member join member_state on member_state.member = member.id
    where not starts_with(member.id, 'voucher:') ${found} ${older}
    order by number desc limit ${limit}`;
}

function foundBy(queries: Queries, { cards, phone, namePrefix }: MemberSearch): ReturnType<Queries> {
  const pattern = `${namePrefix.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return queries`(
    member.id in (select card.member from card where card.code = any(${[...cards]}::text[]))
    or member.phone = ${phone}
    or (${namePrefix !== ''} and member.name_key like ${pattern}))`;
}

export async function findConsoleMember(
  queries: Queries,
  member: MemberId,
): Promise<(ConsoleMemberRow & { entries: number }) | undefined> {
  const [row] = await queries<(ConsoleMemberRow & { entries: number })[]>`
    select number, id, first_name, joined, blocked, phone, email, birthday, segments, member_state.state,
      (select count(*) from entry where entry.member = member.id)
        + (select count(*) from entry_account where entry_account.account = member.id) as entries
    from member join member_state on member_state.member = member.id
    where member.id = ${member}`;
  return row;
}
