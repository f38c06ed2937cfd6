/** Members as the freshest rows at the tills tell them: who was enrolled by head office itself, and what is known of the person. */
import type { BusinessDate } from '../../../base/business-date.ts';
import type { MemberId } from '../../../base/ids.ts';
import { normaliseName } from '../../../base/name.ts';
import { randomBase64url, sha256 } from '../../../base/node/hash.ts';
import type { Setting } from '../admin/setting.ts';
import { ownContext } from '../own-stream/own-context.ts';
import { appendOwn } from '../own-stream/own-stream.ts';
import { blockMembers, savePersonalData } from '../store/members.ts';
import type { BookMember, TillBook } from './till-book.ts';

const MEMBERS_A_STEP = 500;

export type FreshRows = ReadonlyMap<MemberId, BookMember>;

/** Of each member the row that head office sent last. */
export function freshestRows(books: readonly TillBook[]): FreshRows {
  const rows = new Map<MemberId, BookMember>();
  for (const book of books) {
    for (const row of book.members()) {
      const known = rows.get(row.member);
      if (known === undefined || isFresher(row, known)) rows.set(row.member, row);
    }
  }
  return rows;
}

function isFresher(row: BookMember, than: BookMember): boolean {
  return row.asOf > than.asOf || (row.asOf === than.asOf && row.version > than.version);
}

/** Whom no till enrolled, head office had: it enrols them again, on their own date. Accounts that nobody claimed were enrolled by nobody. */
export async function enrolFromRows(
  setting: Setting,
  rows: FreshRows,
  enrolledByTills: ReadonlySet<MemberId>,
): Promise<void> {
  const missing = [...rows.values()].filter(
    ({ member, state }) => !enrolledByTills.has(member) && state.claim === null,
  );
  for (const [joined, members] of Map.groupBy(missing, (row) => row.joined)) {
    for (let start = 0; start < members.length; start += MEMBERS_A_STEP)
      await enrolStep(setting, joined as BusinessDate, members.slice(start, start + MEMBERS_A_STEP)); // of an enrolment
  }
}

async function enrolStep(
  { database, org, clock }: Setting,
  joined: BusinessDate,
  members: readonly BookMember[],
): Promise<void> {
  await database.begin(async (transaction) => {
    const context = await ownContext(transaction, clock(), { date: joined });
    const facts = members.map((row) => ({ kind: 'enrol' as const, member: row.member, body: enrolBody(row, joined) }));
    await appendOwn(transaction, org, facts, context);
  });
}

function enrolBody({ cards, state }: BookMember, joined: BusinessDate) {
  const clubs = Object.entries(state.clubs).filter(([, stays]) => stays.some(({ from }) => from === joined));
  return {
    joined,
    cards: cards.map(({ code }) => code),
    // Nobody holds what was committed to any more.
    commitment: sha256(randomBase64url(32)),
    referredBy: state.referral.by,
    clubs: clubs.map(([club]) => club),
  };
}

/** What a till keeps of a person: first name, birthday, segments, and hashes to look up by. */
export async function restoreProfiles({ database }: Setting, rows: FreshRows): Promise<void> {
  const all = [...rows.values()];
  for (let start = 0; start < all.length; start += MEMBERS_A_STEP) {
    const step = all.slice(start, start + MEMBERS_A_STEP);
    await database.begin(async (transaction) => {
      for (const { member, displayName, birthday, segments, phoneHash, emailHash } of step) {
        await savePersonalData(transaction, {
          member,
          firstName: displayName,
          nameKey: displayName === null ? null : normaliseName(displayName),
          phone: null,
          email: null,
          phoneHash,
          emailHash,
          birthday,
          segments,
          salt: randomBase64url(24),
        });
      }
      await blockMembers(
        transaction,
        step.filter(({ blocked }) => blocked).map(({ member }) => member),
      );
    });
  }
}
