/** The shipped example: a café chain of three stores, its two tills and the cards that anyone can try. All of it is invented. */
import { present } from '../../base/assert.ts';
import { eanCheckDigit } from '../../hardware/scanner/check-digits.ts';

export const HEAD_OFFICE_PORT = 4700;
export const MEMBERS = 1_000;

export const ORGANISATION = { name: 'Crane Coffee', countryCode: '49' };

export const STORES = [
  { id: 'harbour', name: 'Crane Coffee Harbour', receiptHeader: ['Quay 4', 'Open daily 7 to 19'] },
  { id: 'station', name: 'Crane Coffee Station', receiptHeader: ['Platform hall', 'Open daily 5 to 22'] },
  { id: 'park', name: 'Crane Coffee Park', receiptHeader: ['Rose garden', 'Open daily 9 to 18'] },
] as const;

export const TILLS = [
  { id: 'harbour-1', name: 'Till 1', store: 'harbour', screenPort: 4711, posPort: 4721 },
  { id: 'station-2', name: 'Till 2', store: 'station', screenPort: 4712, posPort: 4722 },
] as const;
export type ExampleTill = (typeof TILLS)[number];

/** Names of plants, since names of people are nobody's to give. */
const PLANTS = [
  'Clover',
  'Juniper',
  'Marjoram',
  'Saffron',
  'Hazel',
  'Rosemary',
  'Linden',
  'Myrtle',
  'Sorrel',
  'Tansy',
  'Yarrow',
  'Bracken',
  'Cedar',
  'Larch',
  'Alder',
  'Rowan',
  'Briar',
  'Heather',
  'Lavender',
  'Fennel',
  'Caraway',
  'Anise',
  'Ginger',
  'Nettle',
];
const INITIALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export type ExampleMember = {
  readonly id: string;
  readonly card: string;
  readonly firstName: string;
  readonly birthday: string;
  readonly segments: readonly string[];
};

export function exampleMember(index: number, today: string): ExampleMember {
  const plant = present(PLANTS[index % PLANTS.length], 'a plant');
  const initial = INITIALS.charAt(Math.floor(index / PLANTS.length) % INITIALS.length);
  const month = String((index % 12) + 1).padStart(2, '0');
  const day = String((index % 28) + 1).padStart(2, '0');
  return {
    id: `member-${index + 1}`,
    card: exampleCard(index),
    firstName: `${plant} ${initial}.`,
    // The third card has its birthday today, so that the bonus can be seen.
    birthday: index === 2 ? today.slice(5) : `${month}-${day}`,
    segments: index === 3 ? ['staff'] : [],
  };
}

/** In-store numbers of EAN-13 begin with 2; the first is 2900000000018. */
export function exampleCard(index: number): string {
  const digits = `29${String(index + 1).padStart(10, '0')}`;
  return `${digits}${eanCheckDigit(digits)}`;
}

/** Of the one member that is not enrolled at head office: a till did it. */
export const BROUGHT_CARD = exampleCard(MEMBERS);

export const EXAMPLE_CARDS = [
  { card: exampleCard(0), label: 'A regular: gold, with a coffee pass' },
  { card: exampleCard(1), label: 'Nine stamps: the next coffee is free' },
  { card: exampleCard(2), label: 'Birthday today' },
  { card: exampleCard(3), label: 'Staff: 10 % off by itself' },
  { card: BROUGHT_CARD, label: 'Brought by a friend, no sale yet' },
  { card: exampleCard(999), label: 'Enrolled, never bought anything' },
];
