/** Rows of the feed as JSON text, each written once: what is hashed is what is sent. */
import { z } from 'zod';
import type { IncarnationId } from '../../../base/ids.ts';
import type { MemberProfile } from '../../protocol/feed.ts';
import { includesOf } from '../fold/fold-accounts.ts';
import type { CardCode, MemberId } from '../../../base/ids.ts';
import type { CardStatus } from '../../protocol/feed.ts';
import type { MemberFeedRow, StoreFeedRow } from '../store/feed-rows.ts';
import type { GrantFeedRow } from '../store/allowances.ts';
import type { OfficeFeedRow } from '../store/office-rows.ts';
import type { SaleFeedRow } from '../store/sale-states.ts';

export type RowText = { readonly position: number; readonly text: string };

export type CardOfMember = { readonly member: MemberId; readonly code: CardCode; readonly status: CardStatus };

/** `own`: the incarnations of the asking till; what others wrote is of no use to it. */
export function memberRowText(
  row: MemberFeedRow,
  cards: readonly CardOfMember[],
  own: ReadonlySet<IncarnationId>,
): RowText {
  const { position, member, version } = row;
  const fields = {
    kind: 'member',
    position,
    member,
    version,
    profile: profileOf(row),
    cards: cards.map(({ code, status }) => ({ code, status })),
    recall: row.recall === null ? null : { wanted: row.recall },
  };
  const includes = incSeqs(row.includes).filter(({ inc }) => own.has(inc));
  // The state is JSON already, and a row of it may be read thousands of times.
  const text = `${JSON.stringify(fields).slice(0, -1)},"state":${row.state},"includes":${JSON.stringify(includes)}}`;
  return { position, text };
}

export function saleRowText(row: SaleFeedRow, own: ReadonlySet<IncarnationId>): RowText {
  const { position, sale, version } = row;
  const includes = incSeqs(row.includes).filter(({ inc }) => own.has(inc));
  const fields = JSON.stringify({ kind: 'sale', position, sale, version }).slice(0, -1);
  return { position, text: `${fields},"state":${row.state},"includes":${JSON.stringify(includes)}}` };
}

export function programmeRowText(row: { position: number; version: number; hash: string; text: string }): RowText {
  const { position, version, hash, text } = row;
  return { position, text: JSON.stringify({ kind: 'programme', position, version, hash, text }) };
}

export function grantRowText({ position, grant }: GrantFeedRow): RowText {
  return { position, text: JSON.stringify({ kind: 'grant', position, grant }) };
}

export function officeRowText({ position, inc, seq, text, hash }: OfficeFeedRow): RowText {
  return { position, text: JSON.stringify({ kind: 'office-entry', position, inc, seq, text, hash }) };
}

export function catalogueRowText({ position, text }: { position: number; text: string }): RowText {
  return { position, text: `{"kind":"catalogue","position":${position},"catalogue":${text}}` };
}

export function storeRowText({
  position,
  name,
  tillName,
  receiptHeader,
  receiptFooter,
  locale,
}: StoreFeedRow): RowText {
  return {
    position,
    text: JSON.stringify({ kind: 'store', position, name, tillName, receiptHeader, receiptFooter, locale }),
  };
}

export function profileOf(
  row: Omit<MemberFeedRow, 'position' | 'version' | 'state' | 'includes' | 'member' | 'recall'>,
): MemberProfile {
  const { firstName, birthday, segments, joined, blocked, phoneHash, emailHash } = row;
  return {
    displayName: firstName,
    birthday: birthday === null ? null : monthAndDay(birthday),
    segments,
    joined,
    blocked,
    phoneHash,
    emailHash,
  };
}

const birthdaySchema = z.string().regex(/^(?:\d{4}-)?\d{2}-\d{2}$/);

function monthAndDay(birthday: string): MemberProfile['birthday'] {
  const [month, day] = birthdaySchema.parse(birthday).split('-').slice(-2).map(Number);
  const valid = month !== undefined && day !== undefined && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return valid ? { month, day } : null;
}

function incSeqs(includes: string): { inc: IncarnationId; seq: number }[] {
  const pairs = Object.entries(includesOf(includes)) as [IncarnationId, number][]; // Object.entries forgets the keys' brand
  return pairs.map(([inc, seq]) => ({ inc, seq }));
}
