/** What a run measured: answers by kind, entries accepted, what failed. Milliseconds. */
import { quantile } from '../bench/bench-line.ts';

export type AnswerKind = 'push' | 'feed';
export type Figures = {
  answered(kind: AnswerKind, ms: number, bytes: number): void;
  accepted(entries: number): void;
  failed(how: string): void;
  report(): FiguresReport;
};

type Answers = {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly bytes: number;
};

export type FiguresReport = {
  readonly accepted: number;
  readonly push: Answers | undefined;
  readonly feed: Answers | undefined;
  readonly failed: Readonly<Record<string, number>>;
};

export function createFigures(): Figures {
  const times: Record<AnswerKind, number[]> = { push: [], feed: [] };
  const bytes: Record<AnswerKind, number> = { push: 0, feed: 0 };
  const failed: Record<string, number> = {};
  let accepted = 0;
  const answersOf = (kind: AnswerKind): Answers | undefined => {
    const all = times[kind];
    if (all.length === 0) return undefined;
    const at = (share: number): number => Math.round(quantile(all, share) * 10) / 10;
    return { count: all.length, p50: at(0.5), p99: at(0.99), max: at(1), bytes: bytes[kind] };
  };
  return {
    answered: (kind, ms, size) => {
      times[kind].push(ms);
      bytes[kind] += size;
    },
    accepted: (entries) => {
      accepted += entries;
    },
    failed: (how) => {
      failed[how] = (failed[how] ?? 0) + 1;
    },
    report: () => ({ accepted, push: answersOf('push'), feed: answersOf('feed'), failed }),
  };
}
