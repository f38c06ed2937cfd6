import { z } from 'zod';
import type { Brand } from '../../base/ids.ts';

/** A life of head office's database. After a restore it is a new one, and tills send again what it lacks. */
export type EpochId = Brand<string, 'EpochId'>;

/** Protocol versions that this code speaks; each side names its range, and the highest common one is used. */
export const PROTOCOL_VERSION_MIN = 1;
export const PROTOCOL_VERSION_MAX = 1;

export const protocolRangeSchema = z.strictObject({ min: z.int().min(1), max: z.int().min(1) });

export function commonProtocol(peer: z.infer<typeof protocolRangeSchema>): number | undefined {
  const version = Math.min(PROTOCOL_VERSION_MAX, peer.max);
  return version >= Math.max(PROTOCOL_VERSION_MIN, peer.min) ? version : undefined;
}
