import type { HashHex, IncarnationId } from '../../../base/ids.ts';
import type { Adoption, OpenAdoption } from '../../../sync/server/store/adoptions.ts';
import type { Queries, Transaction } from '../../../sync/server/store/client.ts';
import { entryAt } from './entries.ts';
import { byText, placeOf, tablesOf } from './tables.ts';

export async function insertAdoptions(transaction: Transaction, asked: readonly Adoption[]): Promise<Set<string>> {
  const { adoptions, incarnations } = tablesOf(transaction);
  const taken = asked.filter(({ adopter, of }) => {
    const [by, older] = [incarnations.get(adopter), incarnations.get(of)];
    if (by === undefined || older === undefined || by.id === older.id) return false;
    return by.till === older.till && older.branchOf === null && older.privateKey === null;
  });
  for (const adoption of taken) {
    const place = placeOf(adoption.adopter, adoption.seq);
    if (!adoptions.has(place)) adoptions.set(place, { ...adoption, doneAt: null });
  }
  return new Set(taken.map(({ adopter, seq }) => placeOf(adopter, seq)));
}

export async function openAdoptions(queries: Queries): Promise<OpenAdoption[]> {
  const { adoptions, incarnations } = tablesOf(queries);
  const open = adoptions.values().filter(({ doneAt }) => doneAt === null);
  return open
    .flatMap((adoption) => {
      const by = incarnations.get(adoption.adopter);
      return by === undefined ? [] : [{ ...adoption, till: by.till }];
    })
    .toSorted(byText(({ adopter, seq }) => `${adopter} ${String(seq).padStart(12, '0')}`));
}

export async function endAdoption(
  transaction: Transaction,
  { adopter, seq }: Pick<Adoption, 'adopter' | 'seq'>,
  at: number,
): Promise<void> {
  const { adoptions } = tablesOf(transaction);
  const known = adoptions.get(placeOf(adopter, seq));
  if (known !== undefined) adoptions.set(placeOf(adopter, seq), { ...known, doneAt: at });
}

export async function insertBranch(
  transaction: Transaction,
  branch: { readonly id: IncarnationId; readonly of: IncarnationId; readonly fromSeq: number; readonly head: HashHex },
): Promise<void> {
  const { incarnations } = tablesOf(transaction);
  const of = incarnations.get(branch.of);
  if (of === undefined || incarnations.has(branch.id)) return;
  const place = { id: branch.id, receivedSeq: branch.fromSeq - 1, receivedHead: branch.head, branchOf: of.id };
  incarnations.set(branch.id, {
    ...of,
    privateKey: null,
    forkedAt: null,
    brokenAt: null,
    fencedAt: null,
    closedAt: null,
    ...place,
  });
}

export async function headsInOtherBranches(
  queries: Queries,
  { of, branch }: { readonly of: IncarnationId; readonly branch: IncarnationId },
  entries: readonly { readonly seq: number; readonly hash: HashHex }[],
): Promise<Set<HashHex>> {
  const branches = tablesOf(queries)
    .incarnations.values()
    .filter(({ id, branchOf }) => branchOf === of && id !== branch);
  const hashes = branches.flatMap(({ id }) => entries.flatMap(({ seq }) => entryAt(queries, id, seq)?.hash ?? []));
  const asked = new Set(entries.map(({ hash }) => hash));
  return new Set(hashes.filter((hash) => asked.has(hash)));
}
