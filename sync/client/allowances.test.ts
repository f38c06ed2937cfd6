import { describe, expect, it } from 'vitest';
import type { IncarnationId, MemberId, TillId, WalletId } from '../../base/ids.ts';
import { failed, ok } from '../../base/result.ts';
import type { AllowancesAnswer, Want } from '../protocol/allowances.ts';
import type { EpochId } from '../protocol/versions.ts';
import { acquire, ASK_AGAIN_MS_MIN, ASK_MS_MAX } from './allowances.ts';
import { UNREACHABLE } from './failures.ts';
import type { HeadOffice } from './head-office.ts';

const WANT: Want = { account: 'm1' as MemberId, wallet: 'points' as WalletId, amount: 50 };
const IDENTITY = { till: 't1' as TillId, inc: 'inc' as IncarnationId };

const answer = (state: AllowancesAnswer['state']): AllowancesAnswer => ({
  epoch: 'e1' as EpochId,
  serverTime: 1,
  state,
  grants: [],
});

/** Timers in the test's hand: `pass` lets those go off that are set for so long. */
function timers() {
  const pending = new Set<{ ms: number; run: () => void }>();
  return {
    after: (ms: number, run: () => void) => {
      const timer = { ms, run };
      pending.add(timer);
      return { cancel: () => pending.delete(timer) };
    },
    pass: (ms: number) => {
      for (const timer of [...pending].filter((set) => set.ms === ms)) {
        pending.delete(timer);
        timer.run();
      }
    },
    pending: () => [...pending].map(({ ms }) => ms),
  };
}

/** Answers one after the other; the last again and again. `silent`: never. */
function asking(answers: readonly (AllowancesAnswer['state'] | 'down' | 'silent')[]) {
  const clock = timers();
  const asked: unknown[] = [];
  let missing: readonly Want[] = [WANT];
  const headOffice: Pick<HeadOffice, 'ask'> = {
    ask: async ({ body }) => {
      const state = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(body);
      if (state === 'silent') return await new Promise(() => undefined);
      if (state === 'down' || state === undefined) return failed({ failure: UNREACHABLE, status: null });
      if (state === 'granted') missing = [];
      return ok(answer(state));
    },
  };
  const taken: string[] = [];
  const cable = new AbortController();
  const parts = {
    identity: IDENTITY,
    headOffice,
    timers: clock,
    sendFirst: async () => {
      taken.push('sent first');
    },
    take: ({ state }: AllowancesAnswer) => taken.push(state),
    missing: () => missing,
  };
  return { clock, asked, taken, cable, run: acquire(parts, cable.signal) };
}

/** Lets all promises go on that wait for nothing. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('asking head office for more', () => {
  it('sends what is written here first, then says what is missing', async () => {
    const { run, asked, taken, clock } = asking(['granted']);
    expect(await run).toEqual(ok('granted'));
    expect(asked).toEqual([{ protocol: 1, ...IDENTITY, wants: [WANT] }]);
    expect(taken).toEqual(['sent first', 'granted']);
    expect(clock.pending()).toEqual([]);
  });

  it('asks again after a moment while other tills are to give back', async () => {
    const { run, clock, taken } = asking(['recalling', 'recalling', 'granted']);
    await settled();
    clock.pass(ASK_AGAIN_MS_MIN);
    await settled();
    clock.pass(2 * ASK_AGAIN_MS_MIN);
    expect(await run).toEqual(ok('granted'));
    expect(taken).toEqual(['sent first', 'recalling', 'recalling', 'granted']);
  });

  it('takes no for an answer, and a line that is down', async () => {
    expect(await asking(['none']).run).toEqual(ok('none'));
    expect(await asking(['frozen']).run).toEqual(ok('frozen'));
    expect(await asking(['down']).run).toEqual(failed(UNREACHABLE));
  });

  it.each(['silent', 'recalling'] as const)(
    'ends after the time that a customer waits, whatever is answered: %s',
    async (state) => {
      const { run, clock } = asking([state]);
      await settled();
      clock.pass(ASK_MS_MAX);
      expect(await run).toMatchObject({ ok: false, error: { code: 'head-office-silent' } });
      await settled();
      expect(clock.pending()).toEqual([]);
    },
  );

  it('ends when the cable is pulled', async () => {
    const { run, cable } = asking(['silent']);
    await settled();
    cable.abort();
    expect(await run).toMatchObject({ ok: false });
  });
});
