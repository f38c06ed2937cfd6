import { type Points, points } from '../../base/numbers.ts';
import { type Rational, ZERO } from '../../base/rational.ts';
import { present } from '../../base/assert.ts';
import type { Programme } from '../programme/programme.ts';
import { decimalOf } from '../sale/decimals.ts';
import { listPrice, wholeUnitsIn } from '../sale/price.ts';
import type { RecordedLine, SaleRecord } from '../sale/record.ts';
import { taxIn } from '../sale/tax.ts';
import { recordedCircumstances } from './circumstances.ts';
import { type RuleEarning, ruleEarnings } from './earn.ts';
import type { EarningLine } from './earning-line.ts';

/**
 * What the rules give for what is left of a recorded sale, with the sale's own version, time and context (fine print 27): the
 * conditions on its member, `frequent` and what the day had given are as recorded; `minSpend`, `perSale` and `perDay` are judged
 * again. `lines` holds what is left, without the lines of which nothing is (see `lineLeft`).
 *
 * A rule never gives more than before: `given` says what each of `record.earned` still gives, in its order; by default what the
 * sale gave. A rule that is not in `record.earned` gives 0. With nothing returned this is what the sale earned.
 */
export function earnAgain(
  programme: Programme,
  record: SaleRecord,
  lines: readonly EarningLine[],
  given: readonly Points[] = record.earned.map(({ amount }) => amount),
): readonly RuleEarning[] {
  const most = new Map(record.earned.map(({ rule }, index) => [rule, given[index] ?? 0]));
  return [...ruleEarnings(programme, recordedCircumstances(record), lines)].map(({ rule, amount, explain }) => {
    const before = BigInt(most.get(rule.id) ?? 0);
    return { rule: rule.id, wallet: rule.wallet, amount: points(amount < before ? amount : before), explain };
  });
}

/**
 * What is left of a recorded line as earning looks at it: list price = quantity left × unitPrice, half up (fine print 27). Undefined
 * where nothing is left. `paid` is paid less money back in minor units, `freeUnits` those left, which come back last.
 */
export function lineLeft(
  line: RecordedLine,
  left: { readonly quantity: Rational; readonly paid: number; readonly freeUnits: number },
): EarningLine | undefined {
  const { quantity, paid, freeUnits } = left;
  if (quantity.numerator <= 0n) return undefined;
  return {
    sku: line.sku,
    category: line.category ?? undefined,
    tags: line.tags,
    list: listPrice(quantity, line.unitPrice),
    paid,
    net: paid - taxIn(paid, line.taxRate === null ? ZERO : decimal(line.taxRate)),
    wholeUnits: wholeUnitsIn(quantity),
    freeUnits,
  };
}

/** The lines of a recorded sale of which nothing was returned. */
export function linesSold({ lines, redeemed }: SaleRecord): readonly EarningLine[] {
  const free = lines.map(() => 0);
  for (const { line, freeUnits } of redeemed.flatMap((entry) => entry.lines))
    free[line] = (free[line] ?? 0) + freeUnits;
  return lines.flatMap((line, index) => {
    const left = { quantity: decimal(line.quantity), paid: line.paid, freeUnits: free[index] ?? 0 };
    return lineLeft(line, left) ?? [];
  });
}

function decimal(text: string): Rational {
  return present(decimalOf(text), `no decimal in a recorded sale: ${text}`);
}
