import { describe, expect, it } from 'vitest';
import { mayRetry, nextPrintJobState, type PrintJobEvent, type PrintJobState } from './print-job.ts';
import { printRefused } from './printer.ts';

const EVENTS: Record<string, PrintJobEvent> = {
  began: { kind: 'began' },
  sent: { kind: 'ended', result: { ok: true, value: 'sent' } },
  untouched: { kind: 'ended', result: printRefused('printer-unreachable', 'Off.', false) },
  perhaps: { kind: 'ended', result: printRefused('printer-io', 'Broke.', true) },
  restarted: { kind: 'restarted' },
  retried: { kind: 'retried' },
  discarded: { kind: 'discarded' },
};

function rowOf(state: PrintJobState): Record<string, string> {
  const entries = Object.entries(EVENTS).map(([name, event]) => {
    const next = nextPrintJobState(state, event);
    return [name, next.ok ? next.value : '-'] as const;
  });
  return Object.fromEntries(entries);
}

describe('print job', () => {
  it.each<[PrintJobState, string]>([
    ['queued', 'sending - - - queued - discarded'],
    ['sending', '- sent failed unknown unknown - -'],
    ['sent', '- - - - sent - -'],
    ['unknown', '- - - - unknown - discarded'],
    ['failed', '- - - - failed queued discarded'],
    ['discarded', '- - - - discarded - discarded'],
  ])('from %s goes to %s', (state, expected) => {
    expect(Object.values(rowOf(state)).join(' ')).toBe(expected);
  });

  it('names a step that cannot be', () => {
    expect(nextPrintJobState('unknown', { kind: 'retried' })).toEqual({
      ok: false,
      error: { code: 'wrong-print-job-state', message: 'A print job that is unknown cannot be retried.' },
    });
  });

  it('may be sent again by itself only where nothing was sent and nobody stopped it', () => {
    const of = (code: 'printer-unreachable' | 'printer-cancelled' | 'printer-io', printed: boolean) =>
      mayRetry(printRefused(code, '', printed).error);
    expect([of('printer-unreachable', false), of('printer-cancelled', false), of('printer-io', true)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
