/**
 * Cards as this till knows them. What it last wrote of a card stands until head office's row of that member includes the entry; from then
 * on head office's word does, since another till may have been first.
 */
import type { CardCode, MemberId } from '../../base/ids.ts';
import type { CardStatus } from '../../sync/protocol/feed.ts';
import { type Branch, includesHere, isIncluded } from '../store/includes.ts';
import type { StoredMember } from '../store/members.ts';
import type { OwnCardRow } from '../store/projections.ts';
import type { TillStore } from '../store/till-store.ts';

export type KnownCard = { readonly member: MemberId; readonly status: CardStatus };

export function cardOf(store: TillStore, code: CardCode): KnownCard | undefined {
  return waitingCard(store, code) ?? store.members.findCard(code);
}

/** What this till wrote of it, where head office's row does not include that yet. */
export function waitingCard({ projections, members, troubles }: TillStore, code: CardCode): KnownCard | undefined {
  const own = projections.card(code);
  return own !== undefined && isWaiting(own, members.find(own.member), troubles.branches()) ? own : undefined;
}

/** Newest first. */
export function activeCards(store: TillStore, member: MemberId, row: StoredMember | undefined): CardCode[] {
  const own = store.projections.cardsOf(member).filter((card) => isWaiting(card, row, store.troubles.branches()));
  const said = new Set(own.map(({ code }) => code));
  return [
    ...own.flatMap(({ code, status }) => (status === 'active' ? [code] : [])),
    ...listedCards(row).filter((code) => !said.has(code)),
  ];
}

/** Head office's list, newest first. */
export function listedCards(row: StoredMember | undefined): CardCode[] {
  return row === undefined ? [] : (JSON.parse(row.cards) as CardCode[]); // written from a parsed list
}

function isWaiting(own: OwnCardRow, row: StoredMember | undefined, branches: readonly Branch[]): boolean {
  return row === undefined || !isIncluded(includesHere(row.includes, branches), own);
}
