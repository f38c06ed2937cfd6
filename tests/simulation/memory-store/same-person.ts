import type { MemberId } from '../../../base/ids.ts';
import type { Queries } from '../../../sync/server/store/client.ts';
import type { Person } from '../../../sync/server/store/same-person.ts';
import { tablesOf } from './tables.ts';

function persons(queries: Queries): Person[] {
  return tablesOf(queries)
    .members.values()
    .flatMap((row) => {
      const { id, salt, enrolledOrder, enrolledInc, enrolledSeq } = row;
      if (enrolledOrder === null || enrolledInc === null || enrolledSeq === null) return [];
      return [{ ...row, member: id, opened: salt !== '', enrolledOrder, enrolledInc, enrolledSeq }];
    });
}

export async function findPersons(queries: Queries, members: readonly MemberId[]): Promise<Person[]> {
  return persons(queries).filter(({ member }) => members.includes(member));
}

export async function personsWithContact(
  queries: Queries,
  { phones, emails }: { phones: readonly string[]; emails: readonly string[] },
): Promise<Person[]> {
  return persons(queries).filter(
    ({ phone, email }) => (phone !== null && phones.includes(phone)) || (email !== null && emails.includes(email)),
  );
}

export async function sharersOfCards(
  queries: Queries,
  members: readonly MemberId[],
): Promise<{ member: MemberId; other: MemberId }[]> {
  const facts = tablesOf(queries)
    .cardFacts.values()
    .filter(({ action }) => action === 'link');
  return facts
    .filter(({ member }) => members.includes(member))
    .flatMap(({ code, member }) =>
      facts.flatMap((other) =>
        other.code === code && other.member !== member ? [{ member, other: other.member }] : [],
      ),
    );
}
