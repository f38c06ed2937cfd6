/**
 * Hybrid logical clock: 48 bits of milliseconds and a 16-bit counter, as 16 hex digits, so that order of text is order of time.
 * Within a stream it never goes back, whatever the wall clock does.
 * Source: Kulkarni et al., "Logical Physical Clocks" (2014).
 */
import { assert } from '../base/assert.ts';
import type { EpochMs } from '../base/business-date.ts';
import type { Brand } from '../base/ids.ts';

export type Hlc = Brand<string, 'Hlc'>;

const COUNTER_MAX = 0xffff;
const MILLISECONDS_MAX = 2 ** 48 - 1;

/** The stamp after `previous` at this wall clock: the greater of both, and the counter where they are equal or the clock went back. */
export function nextHlc(previous: Hlc | undefined, wall: EpochMs): Hlc {
  assert(Number.isSafeInteger(wall) && wall >= 0 && wall <= MILLISECONDS_MAX, `wall clock out of range: ${wall}`);
  const last = previous === undefined ? { milliseconds: -1, counter: 0 } : hlcParts(previous);
  if (wall > last.milliseconds) return hlc(wall, 0);
  if (last.counter < COUNTER_MAX) return hlc(last.milliseconds, last.counter + 1);
  return hlc(last.milliseconds + 1, 0);
}

export function hlcParts(stamp: Hlc): { readonly milliseconds: number; readonly counter: number } {
  return { milliseconds: Number.parseInt(stamp.slice(0, 12), 16), counter: Number.parseInt(stamp.slice(12), 16) };
}

function hlc(milliseconds: number, counter: number): Hlc {
  return (milliseconds.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0')) as Hlc; // 12 + 4 hex digits
}
