import { describe, expect, it } from 'vitest';
import { failed, ok } from '../../base/result.ts';
import { UNREACHABLE } from './failures.ts';
import type { AskFailure, HeadOffice, Question } from './head-office.ts';
import { AFTER_FAILURE_MS_MAX, AFTER_NEWS_MS, BEFORE_FIRST_MS, listenForNews } from './live.ts';
import type { FeedPosition } from './ports.ts';
import { manualTimers } from './testing/manual-timers.ts';

const EPOCH = 'e1';
type Answer = Awaited<ReturnType<HeadOffice['ask']>>;

/** What was answered has been worked off. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function listening(cursor: FeedPosition) {
  const asked: Question[] = [];
  const answers: ((answer: Answer) => void)[] = [];
  const timers = manualTimers();
  const news: string[] = [];
  const errors: unknown[] = [];
  const at = { cursor };
  const live = listenForNews({
    headOffice: {
      ask: (question) => {
        asked.push(question);
        return new Promise((resolve) => answers.push(resolve));
      },
    },
    timers,
    cursor: () => at.cursor,
    news: () => news.push('news'),
    random: () => 1,
    onError: (error) => errors.push(error),
  });
  const answer = async (value: Answer): Promise<void> => {
    answers.pop()?.(value);
    await turn();
  };
  return { asked, timers, news, errors, at, live, answer };
}

const told = (position: number, epoch = EPOCH): Answer => ok({ epoch, position });
const down: Answer = failed({ failure: UNREACHABLE, status: null } satisfies AskFailure);

describe('listening for news of head office', () => {
  it('asks from where the till stands, and again at once where there was nothing', async () => {
    const { asked, news, answer } = listening({ epoch: EPOCH, position: 7 });
    await answer(told(7));
    expect(asked.map(({ query }) => query)).toEqual([
      { after: '7', epoch: EPOCH },
      { after: '7', epoch: EPOCH },
    ]);
    expect(news).toEqual([]);
  });

  it('wakes the loop for a later position and for another epoch, and gives it a moment to fetch', async () => {
    const { asked, news, timers, answer, at } = listening({ epoch: EPOCH, position: 7 });
    await answer(told(8));
    expect(news).toHaveLength(1);
    expect(await timers.nextDelay()).toBe(AFTER_NEWS_MS);
    at.cursor = { epoch: EPOCH, position: 8 };
    timers.fire();
    await turn();
    await answer(told(0, 'e2'));
    expect(news).toHaveLength(2);
    expect(asked.map(({ query }) => query?.['after'])).toEqual(['7', '8']);
  });

  it('waits after a failure, and does not ask before the first page was fetched', async () => {
    const { timers, answer, news } = listening({ epoch: EPOCH, position: 7 });
    await answer(down);
    expect(await timers.nextDelay()).toBe(AFTER_FAILURE_MS_MAX);
    expect(news).toEqual([]);
    const fresh = listening({ epoch: null, position: 0 });
    expect(await fresh.timers.nextDelay()).toBe(BEFORE_FIRST_MS);
    expect(fresh.asked).toEqual([]);
  });

  it('takes an answer that makes no sense for a failure', async () => {
    const { timers, answer, errors } = listening({ epoch: EPOCH, position: 7 });
    await answer(ok({ position: 'soon' }));
    expect(await timers.nextDelay()).toBe(AFTER_FAILURE_MS_MAX);
    expect(errors).toEqual([]);
  });

  it('says nothing any more once it is closed', async () => {
    const { live, news, answer, timers } = listening({ epoch: EPOCH, position: 7 });
    live.close();
    await answer(told(9));
    expect([news, timers.count()]).toEqual([[], 0]);
  });
});
