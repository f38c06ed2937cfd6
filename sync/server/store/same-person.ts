/** Members who may be one person: who shares a contact, or a card. */
import type { IncarnationId, MemberId } from '../../../base/ids.ts';
import type { Queries } from './client.ts';

export type Person = {
  readonly member: MemberId;
  readonly nameKey: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  /** Whether the profile has come: what is null is then unknown to us, and not on its way. */
  readonly opened: boolean;
  readonly blocked: boolean;
  readonly enrolledOrder: string;
  readonly enrolledInc: IncarnationId;
  readonly enrolledSeq: number;
};

/** Those of them that somebody enrolled. */
export async function findPersons(queries: Queries, members: readonly MemberId[]): Promise<Person[]> {
  return await queries<Person[]>`${persons(queries)} and id = any(${[...members]}::text[])`;
}

/** All that have one of these, in normal form. */
export async function personsWithContact(
  queries: Queries,
  { phones, emails }: { phones: readonly string[]; emails: readonly string[] },
): Promise<Person[]> {
  return await queries<Person[]>`
    ${persons(queries)} and (phone = any(${[...phones]}::text[]) or email = any(${[...emails]}::text[]))`;
}

function persons(queries: Queries): ReturnType<Queries> {
  return queries`
    select id as member, name_key, phone, email, birthday, salt is not null as opened, blocked,
      enrolled_order, enrolled_inc, enrolled_seq
    from member where enrolled_order is not null`;
}

/** Pairs of members who both said that a card of these members is theirs. */
export async function sharersOfCards(
  queries: Queries,
  members: readonly MemberId[],
): Promise<{ member: MemberId; other: MemberId }[]> {
  return await queries<{ member: MemberId; other: MemberId }[]>`
    select distinct mine.member, theirs.member as other
    from card_fact mine join card_fact theirs on theirs.code = mine.code and theirs.action = 'link' and theirs.member <> mine.member
    where mine.action = 'link' and mine.member = any(${[...members]}::text[])`;
}
