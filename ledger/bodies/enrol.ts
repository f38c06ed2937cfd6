import { z } from 'zod';
import type { BusinessDate } from '../../base/business-date.ts';
import type { CardCode, HashHex, MemberId } from '../../base/ids.ts';
import { date, hash, id, key } from './fields.ts';

export type EnrolBody = {
  readonly joined: BusinessDate;
  readonly cards: readonly CardCode[];
  /** SHA-256 of salt and profile; the profile itself travels sealed, beside the entry, and can be erased. */
  readonly commitment: HashHex | null;
  /** Who brought the member. */
  readonly referredBy: MemberId | null;
  readonly clubs: readonly string[];
  /** The customer said that they share their phone number or e-mail address with another member. */
  readonly sharedContact?: true;
};

export const enrolV1 = z.looseObject({ joined: date, cards: z.array(id), commitment: hash.nullable() });
export const enrolV2 = enrolV1.extend({
  referredBy: id.nullable(),
  clubs: z.array(key),
  sharedContact: z.literal(true).optional(),
});

/** What version 1 could not say. */
export const ENROL_V1_DEFAULTS = { referredBy: null, clubs: [] } as const;
