import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createWakes } from './wakes.ts';

const log = pino({ level: 'silent' });
/** Longer than any test runs: only news answers. */
const FOR_EVER_MS = 2 ** 30;

function wakesAt(at: { position: number }, holdMs = FOR_EVER_MS) {
  return createWakes({ position: async () => at.position, log, holdMs });
}

describe('tills that wait for news', () => {
  it('are answered at once where there is something already', async () => {
    expect(await wakesAt({ position: 5 }).beyond(3)).toBe(5);
  });

  it('are answered when the feed moves beyond where they stand, and not before', async () => {
    const at = { position: 3 };
    const wakes = wakesAt(at);
    const answers: string[] = [];
    const first = wakes.beyond(3).then((position) => answers.push(`first ${position}`));
    const second = wakes.beyond(4).then((position) => answers.push(`second ${position}`));
    at.position = 4;
    wakes.moved();
    await first;
    at.position = 9;
    wakes.moved();
    await second;
    expect(answers).toEqual(['first 4', 'second 9']);
  });

  it('hear of what moved while they were being woken', async () => {
    const at = { position: 1 };
    let asked = 0;
    const wakes = createWakes({
      position: async () => {
        asked += 1;
        if (asked === 2) {
          at.position = 2; // after this look was taken, as it were
          wakes.moved();
          return 1;
        }
        return at.position;
      },
      log,
      holdMs: FOR_EVER_MS,
    });
    const waiting = wakes.beyond(1);
    wakes.moved();
    expect(await waiting).toBe(2);
  });

  it('are told that there is nothing when their time is up, or the server closes', async () => {
    expect(await wakesAt({ position: 3 }, 1).beyond(3)).toBe(3);
    const wakes = wakesAt({ position: 3 });
    const waiting = wakes.beyond(3);
    wakes.close();
    expect(await waiting).toBe(3);
    expect(await wakes.beyond(3)).toBe(3);
  });

  it('do not wait where the position cannot be read', async () => {
    const wakes = createWakes({ position: () => Promise.reject(new Error('no database')), log, holdMs: FOR_EVER_MS });
    await expect(wakes.beyond(3)).rejects.toThrow('no database');
  });
});
