/**
 * Cards as this till knows them. What it last wrote of a card stands until head office's row of that member includes the entry; from then
 * on head office's word does, since another till may have been first.
 */
import type { CardCode, MemberId } from '../../base/ids.ts';
import type { CardStatus } from '../../sync/protocol/feed.ts';
import { isIncluded, parseIncludes } from '../store/includes.ts';
import type { StoredMember } from '../store/members.ts';
import type { OwnCardRow } from '../store/projections.ts';
import type { TillStore } from '../store/till-store.ts';

export type KnownCard = { readonly member: MemberId; readonly status: CardStatus };

export function cardOf(store: TillStore, code: CardCode): KnownCard | undefined {
  const own = store.projections.card(code);
  if (own !== undefined && isWaiting(own, store.members.find(own.member))) {
    return { member: own.member, status: own.status };
  }
  return store.members.findCard(code);
}

/** Newest first. */
export function activeCards(store: TillStore, member: MemberId, row: StoredMember | undefined): CardCode[] {
  const own = store.projections.cardsOf(member).filter((card) => isWaiting(card, row));
  const said = new Set(own.map(({ code }) => code));
  const listed = row === undefined ? [] : (JSON.parse(row.cards) as CardCode[]); // written from a parsed list
  return [
    ...own.flatMap(({ code, status }) => (status === 'active' ? [code] : [])),
    ...listed.filter((code) => !said.has(code)),
  ];
}

function isWaiting(own: OwnCardRow, row: StoredMember | undefined): boolean {
  return row === undefined || !isIncluded(parseIncludes(row.includes), own);
}
