/**
 * How big a frame is before anything looks inside it. A structured clone can be cyclic, sparse or exotic; the walk ends when the bound
 * is passed, so it costs no more than a frame of that size.
 */
const BYTES_PER_NODE = 2;
const BYTES_PER_NUMBER = 8;

/** The frame holds something that JSON cannot carry: both transports take the same frames. */
export const NOT_PLAIN = 'not-plain';

/** Bytes of UTF-8 and structure, about what JSON would take. Above `bytesMax` only that it is more. */
export function frameBytes(frame: unknown, bytesMax: number): number | typeof NOT_PLAIN {
  const waiting: unknown[] = [frame];
  let bytes = 0;
  while (waiting.length > 0 && bytes <= bytesMax) {
    const node = waiting.pop();
    bytes += BYTES_PER_NODE;
    if (typeof node === 'string') bytes += Buffer.byteLength(node);
    else if (typeof node === 'number') bytes += BYTES_PER_NUMBER;
    else if (node === null || node === undefined || typeof node === 'boolean') continue;
    else if (!isPlain(node)) return NOT_PLAIN;
    else bytes += spread(node, waiting, bytesMax - bytes);
  }
  return bytes;
}

/** Queues what is inside and answers the bytes of its keys. A long list beyond the bound is not queued at all. */
function spread(node: object, waiting: unknown[], bytesLeft: number): number {
  if (Array.isArray(node)) {
    if (node.length * BYTES_PER_NODE > bytesLeft) return bytesLeft + 1;
    for (const item of node) waiting.push(item);
    return 0;
  }
  let bytes = 0;
  for (const [key, value] of Object.entries(node)) {
    bytes += Buffer.byteLength(key) + BYTES_PER_NODE;
    if (bytes > bytesLeft) break;
    waiting.push(value);
  }
  return bytes;
}

function isPlain(node: unknown): node is object {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return true;
  const prototype: unknown = Object.getPrototypeOf(node);
  return prototype === Object.prototype || prototype === null;
}
