/** The console's members: list, search, one. */
import { normalisePhone } from '../../../base/contact.ts';
import type { BusinessDate } from '../../../base/business-date.ts';
import type { CardCode, MemberId, WalletId } from '../../../base/ids.ts';
import { normaliseName } from '../../../base/name.ts';
import { entriesOf } from '../../../base/records.ts';
import { balanceOf, clubsOf, levelOf, membershipsOf, type MemberState } from '../../../ledger/member-state.ts';
import { isLive } from '../../../ledger/wallet-state.ts';
import { runsUntil } from '../../../loyalty/memberships/runs.ts';
import type { Programme } from '../../../loyalty/programme/programme.ts';
import type { MemberDetail, MembersPage, MemberSummary } from '../../protocol/console.ts';
import type { Setting } from '../admin/setting.ts';
import { stateOf } from '../fold/fold-accounts.ts';
import { businessDayOf } from '../programme/business-day.ts';
import { loadTerms, type PublishedTerms } from '../programme/terms.ts';
import type { Queries } from '../store/client.ts';
import { cardsOfMembers } from '../store/cards.ts';
import { findConsoleMember, listMembers, type ConsoleMemberRow, type MemberSearch } from '../store/console-members.ts';
import { currentProgramme } from './overview.ts';
import { cursorNumber, pageOf, type PageQuery } from './page.ts';

type Wallets = Programme['wallets'];
/** What a state is shown by. */
type Today = { readonly wallets: Wallets; readonly date: BusinessDate; readonly terms: PublishedTerms };

export async function membersPage(
  { database, org, clock }: Setting,
  { search, cursor, limit }: PageQuery & { readonly search?: string | undefined },
): Promise<MembersPage> {
  const searched = search === undefined || search.trim() === '' ? undefined : readSearch(search, org.countryCode);
  const rows = await listMembers(database, { search: searched, before: cursorNumber(cursor), limit: limit + 1 });
  const page = pageOf(rows, limit, (row) => row.number);
  const cards = Map.groupBy(
    await cardsOfMembers(
      database,
      page.rows.map((row) => row.id),
    ),
    (card) => card.member,
  );
  const today = await todayOf(database, clock());
  return {
    members: page.rows.map((row) =>
      summary(
        row,
        (cards.get(row.id) ?? []).map(({ code }) => code),
        today,
      ),
    ),
    next: page.next,
  };
}

export async function memberDetail({ database, clock }: Setting, member: MemberId): Promise<MemberDetail | undefined> {
  const row = await findConsoleMember(database, member);
  if (row === undefined) return undefined;
  const cards = await cardsOfMembers(database, [member]);
  const today = await todayOf(database, clock());
  const { firstName, phone, email, birthday, segments, entries } = row;
  return {
    ...summary(
      row,
      cards.map(({ code }) => code),
      today,
    ),
    firstName,
    phone,
    email,
    birthday,
    segments,
    entries,
    ...standing(stateOf(row), today),
  };
}

async function todayOf(queries: Queries, at: number): Promise<Today> {
  const terms = await loadTerms(queries);
  const wallets = (await currentProgramme(queries, at))?.wallets ?? [];
  return { wallets, date: businessDayOf(terms, at).date, terms };
}

function standing(state: MemberState, { terms, date }: Today): Partial<MemberDetail> {
  const { level, end } = levelOf(state, terms, date);
  return {
    mergedInto: state.into,
    tier: level === null ? null : { level, end },
    badges: state.badges.map(({ badge, date: earned }) => ({ badge, date: earned })),
    memberships: [...membershipsOf(state, date)].flatMap((membership) => {
      const until = runsUntil(state.memberships[membership] ?? []);
      return until === null ? [] : [{ membership, end: until }];
    }),
    clubs: [...clubsOf(state, date)],
    lots: entriesOf(state.wallets).flatMap(([wallet, { lots }]) =>
      lots
        .filter((lot) => lot.amount > 0 && isLive(lot, date))
        .map(({ earned, from, end: last, amount }) => ({ wallet, earned, from, end: last, amount })),
    ),
  };
}

/** What was typed may be a card, a phone number or the beginning of a name. A 12-digit product code is a 13-digit one without its 0. */
function readSearch(search: string, countryCode: string): MemberSearch {
  const code = search.replaceAll(/[\s-]/g, '');
  const cards = [code, code.toUpperCase(), ...(/^\d{12}$/.test(code) ? [`0${code}`] : [])];
  return {
    cards: cards as CardCode[], // compared, not kept
    phone: normalisePhone(search, countryCode) ?? null,
    namePrefix: normaliseName(search),
  };
}

function summary(row: ConsoleMemberRow, cards: readonly string[], today: Today): MemberSummary {
  const { id, firstName, joined, blocked } = row;
  const state = stateOf(row);
  return {
    id,
    displayName: firstName,
    cards: [...cards],
    joined,
    blocked,
    balances: balances(state, today),
    visits: state.visits,
  };
}

/** Every wallet of the programme, and those of earlier versions that the member still has units in. */
function balances(state: MemberState, { wallets, date }: Today): MemberSummary['balances'] {
  const named = wallets.map(({ id, name, kind }) => ({
    wallet: id,
    name: name ?? id,
    kind,
    balance: balanceOf(state, id, date),
  }));
  const held = Object.keys(state.wallets) as WalletId[]; // Object.keys forgets the brand
  const others = held.filter((wallet) => !wallets.some(({ id }) => id === wallet));
  return [
    ...named,
    ...others.map((wallet) => ({ wallet, name: wallet, kind: 'points', balance: balanceOf(state, wallet, date) })),
  ];
}
