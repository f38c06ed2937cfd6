import { describe, expect, it } from 'vitest';
import { enqueueScan, SCAN_QUEUE_MAX } from './scan-queue.ts';
import type { Scan } from './wedge.ts';

const scan = (text: string): Scan => ({ text, leaked: 0, endedBy: 'suffix', medianGapMs: 10 });

describe('scan queue', () => {
  it('keeps scans in order and lets the newest go when it is full', () => {
    let queue: readonly Scan[] = [];
    for (let number = 0; number < SCAN_QUEUE_MAX + 3; number += 1) queue = enqueueScan(queue, scan(String(number)));
    expect(queue.map(({ text }) => text)).toEqual(
      Array.from({ length: SCAN_QUEUE_MAX }, (_, number) => String(number)),
    );
  });
});
