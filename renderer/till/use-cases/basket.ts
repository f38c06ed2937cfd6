import type { BasketLine, SaleLine } from '../state/sale-state.ts';

/** The lines as the contract takes them: without what only the screen knows. */
export function basketLines(lines: readonly SaleLine[]): BasketLine[] {
  return lines.map(({ key: _key, ...line }) => line);
}
