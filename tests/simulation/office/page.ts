/** A page of the feed with what of it is about allowances: recalls in members' rows, and the asking incarnation's grants. */
import type { IncarnationId } from '../../../base/ids.ts';
import { sha256 } from '../../../base/node/hash.ts';
import type { Tables } from '../memory-store/tables.ts';

type Row = { readonly kind: string; readonly position: number; readonly member?: string };
type Page = { readonly rows: readonly Row[]; readonly trailer: { readonly next: number; readonly complete: boolean } };

export function withAllowances({ grants, recalls }: Tables, text: string, inc: IncarnationId, after: number): string {
  const own = grants.values().filter(({ position, grant }) => grant.inc === inc && position > after);
  if (own.length === 0 && recalls.keys().length === 0) return text;
  const page = JSON.parse(text) as Page; // as head office wrote it
  const { trailer } = page;
  const members = page.rows.map((row) => {
    const recall = row.kind === 'member' ? recalls.get(row.member ?? '') : undefined;
    return recall === undefined ? row : { ...row, recall };
  });
  const news = own
    .filter(({ position }) => trailer.complete || position <= trailer.next)
    .map(({ position, grant }) => ({ kind: 'grant', position, grant }));
  const rows = [...members, ...news].toSorted((left, right) => left.position - right.position);
  const proof = { count: rows.length, sha256: sha256(JSON.stringify(rows)) };
  return JSON.stringify({ ...page, rows, trailer: { ...trailer, ...proof } });
}
