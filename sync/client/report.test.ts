import { describe, expect, it } from 'vitest';
import type { HashHex, IncarnationId, MemberId, TillId, WalletId } from '../../base/ids.ts';
import { points } from '../../base/numbers.ts';
import { failed, ok } from '../../base/result.ts';
import type { SignedGrant } from '../../ledger/allowances/grant-text.ts';
import { reportRequestSchema } from '../protocol/allowances.ts';
import { UNREACHABLE } from './failures.ts';
import type { AskFailure } from './head-office.ts';
import { createReport, GRANTS_PER_REPORT_MAX } from './report.ts';

const HEAD = 'a'.repeat(64) as HashHex;
const signal = new AbortController().signal;

function grant(number: number): SignedGrant {
  const key = { account: `m${number}` as MemberId, wallet: 'points' as WalletId, end: null };
  return {
    ...key,
    inc: 'inc' as IncarnationId,
    epoch: 'e1',
    granted: points(5),
    at: { seq: 0, head: HEAD },
    signature: 's',
  };
}

type Said = 'accepted' | 'entries first' | AskFailure;

/** Answers one after the other, the last again and again. */
function reporting(count: number, ...answers: readonly Said[]) {
  const bodies: { grants: number; complete: boolean; seq: number }[] = [];
  const report = createReport({
    identity: { till: 't1' as TillId, inc: 'inc' as IncarnationId },
    headOffice: {
      ask: async ({ body }) => {
        const said = answers[Math.min(bodies.length, answers.length - 1)];
        const { grants, complete, head, epoch } = reportRequestSchema.parse(body);
        bodies.push({ grants: grants.length, complete, seq: head.seq });
        if (typeof said === 'object') return failed(said);
        return ok({ epoch, serverTime: 1, accepted: said === 'accepted' });
      },
    },
    entries: { position: () => ({ acknowledgedSeq: 7, lastSeq: 7 }), headBefore: () => HEAD },
    grants: () => Array.from({ length: count }, (_, index) => grant(index)),
  });
  return { report, bodies };
}

describe('a report after a restore of head office', () => {
  it('says all grants, in parts where there are many, once in an epoch', async () => {
    const { report, bodies } = reporting(GRANTS_PER_REPORT_MAX + 1, 'accepted');
    expect([await report('e2', signal), await report('e2', signal)]).toEqual([ok(true), ok(true)]);
    expect(bodies).toEqual([
      { grants: GRANTS_PER_REPORT_MAX, complete: false, seq: 7 },
      { grants: 1, complete: true, seq: 7 },
    ]);
    await report('e3', signal);
    expect(bodies).toHaveLength(4);
  });

  it('says that there are none', async () => {
    const { report, bodies } = reporting(0, 'accepted');
    expect(await report('e2', signal)).toEqual(ok(true));
    expect(bodies).toEqual([{ grants: 0, complete: true, seq: 7 }]);
  });

  it('is said again where head office wants entries first, or was not reached', async () => {
    const { report, bodies } = reporting(1, 'entries first', { failure: UNREACHABLE, status: null }, 'accepted');
    expect(await report('e2', signal)).toEqual(ok(false));
    expect(await report('e2', signal)).toEqual(failed(UNREACHABLE));
    expect(await report('e2', signal)).toEqual(ok(true));
    expect(bodies).toHaveLength(3);
  });

  it('is no matter for a head office that knows no reports', async () => {
    const { report, bodies } = reporting(1, { failure: UNREACHABLE, status: 404 });
    expect([await report('e2', signal), await report('e2', signal)]).toEqual([ok(true), ok(true)]);
    expect(bodies).toHaveLength(1);
  });
});
