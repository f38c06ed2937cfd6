/**
 * The rules that keep points from being spent twice (docs/conflicts.md), each by its name in the design. All hold, always; the
 * simulation loads this module with one of them off, to see that it then fails (`npm run simulate -- --without E5`).
 */
export type AllowanceRule = 'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'E6' | 'E7' | 'E8' | 'E9' | 'E10';

export const RULES: Readonly<Record<AllowanceRule, boolean>> = {
  E1: true,
  E2: true,
  E3: true,
  E4: true,
  E5: true,
  E6: true,
  E7: true,
  E8: true,
  E9: true,
  E10: true,
};
