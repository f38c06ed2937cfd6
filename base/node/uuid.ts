import { randomBytes } from 'node:crypto';

/** UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then random bits, so that ids sort by time. */
export function uuidv7(milliseconds: number): string {
  const bytes = randomSixteen();
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);

/** From a pool, each byte once: asking the system for sixteen costs as much as for thousands, and a sale asks three times. */
function randomSixteen(): Buffer {
  if (pool.length < 16) pool = randomBytes(POOL_BYTES);
  const bytes = Buffer.from(pool.subarray(0, 16));
  pool = pool.subarray(16);
  return bytes;
}
