/** Invented answers of a head office: every state of a till, every kind of entry, flags, and enough of it to page through. */
import type { ConsoleEntry, MemberDetail, Overview, TillSummary } from '../../../sync/protocol/console.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const EXAMPLE_MEMBERS = 130;
export const EXAMPLE_ENTRIES = 240;

const NAMES = ['Clover', 'Juniper', 'Marjoram', 'Saffron', 'Hazel', 'Rosemary', 'Linden', 'Myrtle', 'Sorrel', 'Tansy'];
const PLACES = [
  { store: 'harbour', storeName: 'Crane Coffee Harbour', till: 'harbour-1', tillName: 'Till 1' },
  { store: 'harbour', storeName: 'Crane Coffee Harbour', till: 'harbour-2', tillName: 'Terrace' },
  { store: 'station', storeName: 'Crane Coffee Station', till: 'station-1', tillName: 'Till 1' },
  { store: 'head-office', storeName: 'Head office', till: 'head-office', tillName: 'Head office' },
] as const;

export type ExampleAnswers = {
  overview(now: number): Overview;
  /** Newest first. */
  readonly members: readonly MemberDetail[];
  /** Newest first. */
  readonly entries: readonly ConsoleEntry[];
  /** Writes one more, at the top. */
  addEntry(now: number): ConsoleEntry;
};

export function exampleAnswers(start: number): ExampleAnswers {
  const members = Array.from({ length: EXAMPLE_MEMBERS }, (_, index) => exampleMember(EXAMPLE_MEMBERS - 1 - index));
  const entries = Array.from({ length: EXAMPLE_ENTRIES }, (_, index) => {
    const position = EXAMPLE_ENTRIES - index;
    return exampleEntry(position, start - index * 7 * MINUTE - (index % 9) * 1_300);
  });
  for (const entry of entries) book(members, entry);
  return {
    members,
    entries,
    overview: (now) => exampleOverview(now, members.length, entries),
    addEntry: (now) => {
      const entry = exampleEntry(entries.length + 1, now - 900);
      entries.unshift(entry);
      book(members, entry);
      return entry;
    },
  };
}

function exampleMember(index: number): MemberDetail {
  const name = NAMES[index % NAMES.length] ?? 'Clover';
  const nameless = index % 29 === 28;
  const firstName = nameless ? null : `${name} ${String.fromCodePoint(65 + (Math.floor(index / 10) % 26))}.`;
  return {
    id: `member-${index + 1}`,
    displayName: firstName,
    firstName,
    cards: index % 17 === 3 ? [card(index), card(index + 5_000)] : [card(index)],
    joined: `2026-${String((index % 11) + 1).padStart(2, '0')}-${String((index % 27) + 1).padStart(2, '0')}`,
    blocked: index % 23 === 7,
    balances: [
      { wallet: 'points', name: 'Points', kind: 'points', balance: 0 },
      { wallet: 'stamps', name: 'Coffee stamps', kind: 'stamps', balance: 0 },
    ],
    visits: 0,
    phone: nameless ? null : `+4930555${String(1000 + index)}`,
    email: index % 3 === 0 ? `${name.toLowerCase()}.${index}@example.org` : null,
    birthday: index % 4 === 0 ? null : `${String((index % 12) + 1).padStart(2, '0')}-14`,
    segments: index % 19 === 2 ? ['staff', 'opening week'] : [],
    entries: 0,
  };
}

function card(index: number): string {
  return `29${String(index + 1).padStart(10, '0')}0`;
}

function exampleEntry(position: number, writtenAt: number): ConsoleEntry {
  const place = position % 31 === 0 ? PLACES[3] : (PLACES[position % 3] ?? PLACES[0]);
  const kind = position % 31 === 0 ? 'enrol' : position % 13 === 5 ? 'void' : position === 57 ? 'gift' : 'sale';
  const late = position % 3 === 1 && position % 40 < 14 ? 3 * HOUR : 1_200;
  const anonymous = kind === 'sale' && position % 11 === 4;
  const index = (position * 7) % EXAMPLE_MEMBERS;
  const member = anonymous ? null : exampleMember(index);
  const flags =
    position % 37 === 1
      ? ['clock-ahead']
      : position === 57
        ? ['unknown-kind']
        : position % 53 === 2
          ? ['unknown-member', 'card-taken']
          : [];
  return {
    position,
    id: `0199f0c2-7a1e-7c44-9b1d-${position.toString(16).padStart(12, '0')}`,
    kind,
    ...place,
    inc: `inc-${place.till}-7f3a9c`,
    seq: Math.ceil(position / 3),
    businessDate: new Date(writtenAt).toISOString().slice(0, 10),
    writtenAt,
    receivedAt: writtenAt + late,
    receipt:
      kind === 'enrol'
        ? null
        : `${place.till.slice(0, 2).toUpperCase()}${place.till.slice(-1)}-${String(position).padStart(6, '0')}`,
    member: member?.id ?? null,
    memberName: member?.firstName ?? null,
    postings: member === null ? [] : examplePostings(member.id, kind, position),
    money: kind === 'sale' || kind === 'void' ? 280 + ((position * 137) % 2_900) : null,
    flags,
    hash: position.toString(16).padStart(4, '0').repeat(16),
  };
}

function examplePostings(member: string, kind: string, position: number): ConsoleEntry['postings'] {
  const account = `member:${member}`;
  const pair = (wallet: string, amount: number, counter: string): ConsoleEntry['postings'] => [
    { account, wallet, amount },
    { account: counter, wallet, amount: -amount },
  ];
  if (kind === 'void') return pair('points', -4, 'issued');
  if (kind !== 'sale') return [];
  const earned = pair('points', 3 + (position % 24), 'issued');
  if (position % 6 === 2) return [...pair('points', -50, 'redeemed'), ...earned];
  return position % 2 === 0 ? [...earned, ...pair('stamps', 1, 'issued')] : earned;
}

function book(members: MemberDetail[], entry: ConsoleEntry): void {
  const member = members.find(({ id }) => id === entry.member);
  if (member === undefined) return;
  member.entries += 1;
  member.visits += entry.kind === 'sale' ? 1 : 0;
  for (const { account, wallet, amount } of entry.postings) {
    const balance = member.balances.find((one) => one.wallet === wallet);
    if (balance !== undefined && account === `member:${member.id}`) balance.balance += amount;
  }
}

function exampleOverview(now: number, members: number, entries: readonly ConsoleEntry[]): Overview {
  return {
    org: 'Crane Coffee',
    epoch: 'epoch-1',
    serverTime: now,
    currency: 'EUR',
    minorDigits: 2,
    members,
    entries: entries.length,
    flaggedEntries: entries.filter(({ flags }) => flags.length > 0).length,
    unfoldedEntries: 0,
    programme: { id: 'crane-card', version: 1, effectiveFrom: '2025-01-01' },
    stores: [
      {
        id: 'harbour',
        name: 'Crane Coffee Harbour',
        tills: [
          till({ id: 'harbour-1', name: 'Till 1', lastSeenAt: now - 4_000, entriesReceived: 12_408, lagMs: 740 }),
          till({
            id: 'harbour-2',
            name: 'Terrace',
            lastSeenAt: now - 3 * HOUR - MINUTE,
            entriesReceived: 981,
            lagMs: 2_100,
            waitingEntries: 12,
            oldestWaitingAt: now - 3 * HOUR,
          }),
        ],
      },
      {
        id: 'station',
        name: 'Crane Coffee Station',
        tills: [
          till({
            id: 'station-1',
            name: 'Till 1',
            lastSeenAt: now - 9_000,
            entriesReceived: 30_117,
            lagMs: 3 * HOUR,
            forked: true,
          }),
          till({ id: 'station-2', name: 'Till 2', lastSeenAt: null, enrolled: false, entriesReceived: 0, lagMs: null }),
        ],
      },
      { id: 'park', name: 'Crane Coffee Park', tills: [] },
      {
        id: 'market',
        name: 'Crane Coffee Market Hall',
        tills: [
          till({ id: 'market-1', name: 'Till 1', lastSeenAt: now - 6 * DAY, entriesReceived: 5_220, lagMs: 12_000 }),
        ],
      },
    ],
  };
}

function till(
  known: Pick<TillSummary, 'id' | 'name' | 'lastSeenAt' | 'entriesReceived' | 'lagMs'> & Partial<TillSummary>,
): TillSummary {
  return {
    enrolled: true,
    forked: false,
    lastEntryAt: known.lastSeenAt,
    waitingEntries: 0,
    oldestWaitingAt: null,
    ...known,
  };
}
