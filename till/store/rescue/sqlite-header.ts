/** What the first bytes of every ledger say (sqlite.org/fileformat2.html, 1.3): magic, page size, WAL, no reserved bytes, formats, UTF-8. */
import { closeSync, openSync, readSync } from 'node:fs';

const HEADER: readonly (readonly [at: number, bytes: Buffer])[] = [
  [0, Buffer.from('SQLite format 3\0', 'latin1')],
  [16, Buffer.from([0x10, 0x00, 2, 2, 0, 64, 32, 32])],
  [44, Buffer.from([0, 0, 0, 4])],
  [56, Buffer.from([0, 0, 0, 1])],
];
const HEADER_BYTES = 100;

export function hasBrokenHeader(file: string): boolean {
  const content = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, content, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(handle);
  }
  return HEADER.some(([at, bytes]) => !content.subarray(at, at + bytes.length).equals(bytes));
}

export function putHeaderRight(content: Buffer): void {
  for (const [at, bytes] of HEADER) bytes.copy(content, at);
}
