import { describe, expect, it } from 'vitest';
import { virtualPrinter, type VirtualJob } from './virtual-printer.ts';

describe('virtual printer', () => {
  it('keeps the last jobs as they were, and tells who listens', async () => {
    const printer = virtualPrinter({ id: 'screen', keepJobsMax: 2 });
    const heard: number[] = [];
    const stop = printer.onJob(({ number }: VirtualJob) => heard.push(number));
    const bytes = Uint8Array.of(1);
    for (let job = 1; job <= 3; job += 1) {
      bytes[0] = job;
      expect(await printer.print(bytes)).toEqual({ ok: true, value: 'sent' });
    }
    stop();
    await printer.print(Uint8Array.of(4));
    expect(printer.jobs()).toEqual([
      { number: 3, bytes: Uint8Array.of(3) },
      { number: 4, bytes: Uint8Array.of(4) },
    ]);
    expect([heard, printer.state()]).toEqual([[1, 2, 3], { condition: 'ready' }]);
  });
});
