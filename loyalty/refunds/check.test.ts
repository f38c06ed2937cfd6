import { describe, expect, it } from 'vitest';
import type { RefundEvaluation } from './evaluation.ts';
import { line } from '../testing/build.ts';
import { type Go, refundRequest, refundsOf, sell, type Sold } from '../testing/refunds.ts';
import { evaluateRefund } from './evaluate.ts';
import { nothingReturned } from './returned.ts';
import { refundRequestSchema } from './request.ts';

/** What refuses the last go, once the others are done. */
function refusedAfter(sold: Sold, earlier: readonly Go[], last: Go): readonly unknown[] | RefundEvaluation {
  const returned = refundsOf(sold, earlier).at(-1)?.returned ?? nothingReturned(sold.record);
  const result = evaluateRefund(sold.programme, sold.record, returned, refundRequest(last));
  return result.ok ? result.value : [result.error.code, result.error.path];
}

const two = sell({}, [line(399, { quantity: '3' }), line(100)]);

describe('a refund is refused (fine print 41)', () => {
  it.each([
    [[], 'lines'],
    [[[2, '1']], 'lines.0.line'],
    [[[-1, '1']], 'lines.0.line'],
    [[[0.5, '1']], 'lines.0.line'],
    [[[Number.NaN, '1']], 'lines.0.line'],
    [
      [
        [0, '1'],
        [1, '1'],
        [0, '1'],
      ],
      'lines.2.line',
    ],
  ] as [Go, string][])('with invalid-request for the lines %j', (go, path) => {
    expect(refusedAfter(two, [], go)).toEqual(['invalid-request', path]);
  });

  it('with invalid-request before already-refunded', () => {
    expect(refusedAfter(two, ['all'], [])).toEqual(['invalid-request', 'lines']);
    expect(refusedAfter(two, ['all'], [[7, '1']])).toEqual(['invalid-request', 'lines.0.line']);
  });

  it('with already-refunded when nothing of the sale is left, before a line’s quantity', () => {
    expect(refusedAfter(two, ['all'], 'all')).toEqual(['already-refunded', undefined]);
    expect(refusedAfter(two, [[[0, '3']], [[1, '1']]], 'all')).toEqual(['already-refunded', undefined]);
    expect(refusedAfter(two, ['all'], [[0, 'x']])).toEqual(['already-refunded', undefined]);
  });

  it('with already-refunded for a line of which nothing is left, before any bad quantity', () => {
    expect(
      refusedAfter(
        two,
        [[[1, '1']]],
        [
          [0, '9'],
          [1, '1'],
        ],
      ),
    ).toEqual(['already-refunded', 'lines.1.line']);
    expect(refusedAfter(two, [[[1, '1']]], [[1, '0']])).toEqual(['already-refunded', 'lines.0.line']);
  });

  it.each(['0', '-1', '', 'x', '1e9', '1,5', '0.00001', '100001', '9007199254740993', ' 1', 'NaN', '3.0001', '4'])(
    'with bad-quantity for %j of 3',
    (quantity) => {
      expect(
        refusedAfter(
          two,
          [],
          [
            [1, '1'],
            [0, quantity],
          ],
        ),
      ).toEqual(['bad-quantity', 'lines.1.quantity']);
    },
  );

  it('with bad-quantity and its own sentence for what is no quantity', () => {
    const request = refundRequest([[0, 'x']]);
    expect(evaluateRefund(two.programme, two.record, nothingReturned(two.record), request)).toEqual({
      ok: false,
      error: {
        code: 'bad-quantity',
        message: 'A quantity must be above 0, at most 100,000, with at most 4 decimals.',
        path: 'lines.0.quantity',
      },
    });
  });

  it('with bad-quantity for more than is left, and says how much is', () => {
    const [{ returned } = { returned: nothingReturned(two.record) }] = refundsOf(two, [[[0, '1.5']]]);
    expect(evaluateRefund(two.programme, two.record, returned, refundRequest([[0, '1.5001']]))).toEqual({
      ok: false,
      error: { code: 'bad-quantity', message: 'Only 1.5 is left of this line.', path: 'lines.0.quantity' },
    });
  });

  it('and not for just what is left', () => {
    expect(
      refusedAfter(
        two,
        [[[0, '2.9999']]],
        [
          [0, '0.0001'],
          [1, '1'],
        ],
      ),
    ).toMatchObject({ whole: true, money: 100 });
  });
});

describe('refundRequestSchema', () => {
  it('reads all, and lines with quantities', () => {
    for (const request of [{ all: true }, { lines: [{ line: 0, quantity: '1' }] }]) {
      expect(refundRequestSchema.parse(request)).toEqual(request);
    }
  });

  it.each([
    {},
    { all: false },
    { all: true, lines: [] },
    { lines: [] },
    { lines: [{ line: -1, quantity: '1' }] },
    { lines: [{ line: 0.5, quantity: '1' }] },
    { lines: [{ line: 1_000, quantity: '1' }] },
    { lines: [{ line: 0, quantity: 1 }] },
    { lines: [{ line: 0, quantity: '1'.repeat(101) }] },
    { lines: Array.from({ length: 1_001 }, () => ({ line: 0, quantity: '1' })) },
  ])('does not read %j', (request) => {
    expect(refundRequestSchema.safeParse(request).success).toBe(false);
  });
});
