/**
 * Keeps the total true: every new revision of the basket is quoted, a little later so that a run of taps asks once; an answer counts only
 * for the revision that it was asked for. A reward that the basket no longer allows is taken off, and the screen says so and why.
 */
import type { Refusal, Result } from '../../../base/result.ts';
import type { Quote } from '../../../till/contract/shapes.ts';
import { changed, type DroppedReward, type RedeemChoice, type SaleState } from '../state/sale-state.ts';
import { updateSlice } from '../state/till-state.ts';
import type { AppContext } from './context.ts';
import { basketLines } from './basket.ts';

/** Shorter than the eye notices, longer than two taps of a hurried finger. */
export const QUOTE_DELAY_MS = 60;

export function startQuoting(app: AppContext): void {
  let cancel = (): void => undefined;
  app.store.subscribe((state, before) => {
    if (state.sale.revision === before.sale.revision || state.sale.lines.length === 0) return;
    cancel();
    cancel = app.clock.after(QUOTE_DELAY_MS, () => void quoteSale(app));
  });
}

/** Asks again for what is on screen, e.g. after the engine or the member's row has changed. A commit under way is left alone. */
export function quoteAgain(app: AppContext): void {
  const { sale } = app.store.getState();
  if (sale.lines.length > 0 && sale.phase === 'selling') updateSlice(app.store, 'sale', (now) => requoted(now));
}

function requoted(sale: SaleState): SaleState {
  const { command, refusal, dropped } = sale;
  return { ...changed(sale), command, refusal, dropped }; // the basket is the same, so are its commit and what is said about it
}

type Attempt = { redeem: readonly RedeemChoice[]; dropped: readonly DroppedReward[]; answer: Result<Quote, Refusal> };

async function quoteSale(app: AppContext): Promise<void> {
  const { sale } = app.store.getState();
  const { redeem, dropped, answer } = await quoteWhatIsAllowed(app, sale);
  updateSlice(app.store, 'sale', (now) => {
    if (now.revision !== sale.revision || now.phase !== 'selling') return now;
    if (!answer.ok) return { ...now, quoted: null, refusal: answer.error };
    const keys = sale.lines.map((line) => line.key);
    const refusal = now.refusal !== null && isPassing(now.refusal) ? null : now.refusal;
    return {
      ...now,
      redeem,
      refusal,
      dropped: dropped.length > 0 ? dropped : now.dropped,
      quoted: { revision: now.revision, keys, quote: answer.value },
    };
  });
}

/** Tries without the reward asked for last, until what is left is allowed; then gives a shortened spend another chance. */
async function quoteWhatIsAllowed(app: AppContext, sale: SaleState): Promise<Attempt> {
  let attempt: Attempt = { redeem: sale.redeem, dropped: [], answer: await askQuote(app, sale, sale.redeem) };
  while (!attempt.answer.ok && attempt.redeem.length > 0 && !isPassing(attempt.answer.error)) {
    const last = attempt.redeem.at(-1);
    if (last === undefined) break;
    const redeem = attempt.redeem.slice(0, -1);
    const dropped = [{ reward: last.reward, refusal: attempt.answer.error }, ...attempt.dropped];
    attempt = { redeem, dropped, answer: await askQuote(app, sale, redeem) };
  }
  return attempt.answer.ok ? await withShortenedSpends(app, sale, attempt) : attempt;
}

async function withShortenedSpends(app: AppContext, sale: SaleState, attempt: Attempt): Promise<Attempt> {
  let kept = attempt;
  for (const { reward } of attempt.dropped) {
    if (!kept.answer.ok) return kept;
    const asked = sale.redeem.find((choice) => choice.reward === reward)?.points ?? 0;
    const most = kept.answer.value.rewards.find((option) => option.reward === reward)?.spend?.most ?? 0;
    if (asked === 0 || most === 0 || most >= asked) continue;
    const redeem = [...kept.redeem, { reward, points: most }];
    const answer = await askQuote(app, sale, redeem);
    if (answer.ok) kept = { redeem, answer, dropped: kept.dropped.filter((dropped) => dropped.reward !== reward) };
  }
  return kept;
}

/** What the basket comes to with these rewards. */
export function askQuote(
  app: AppContext,
  sale: SaleState,
  redeem: readonly RedeemChoice[],
): Promise<Result<Quote, Refusal>> {
  const member = app.store.getState().member.member?.member ?? null;
  return app.callEngine('sale.quote', { member, lines: basketLines(sale.lines), redeem: [...redeem] });
}

/** Says something about the engine, not about the basket. */
function isPassing(refusal: Refusal): boolean {
  return refusal.code.startsWith('engine-');
}
