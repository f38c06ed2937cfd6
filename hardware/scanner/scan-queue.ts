import type { Scan } from './wedge.ts';

/**
 * Scans wait their turn here: one trigger can send several codes, and a cashier scans the next card while the till still
 * looks up the last. A value, so that whoever holds it decides when the next is handled. The newest goes where it is full.
 */
export const SCAN_QUEUE_MAX = 16;

export function enqueueScan(queue: readonly Scan[], scan: Scan): readonly Scan[] {
  return queue.length >= SCAN_QUEUE_MAX ? queue : [...queue, scan];
}
