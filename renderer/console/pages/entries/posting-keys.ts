import type { Postings } from '../../words/effects.ts';

/** Postings have no identity but their place in the entry, which never changes. */
export function postingKeys(postings: Postings): { key: string; posting: Postings[number] }[] {
  return postings.map((posting, place) => ({ key: `posting ${place}`, posting }));
}
