/** Sales of the example, through the real engine. */
import { randomUUID } from 'node:crypto';
import type { CatalogueItem } from '../../base/catalogue.ts';
import type { CommandId, MemberId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { MemberState } from '../../ledger/member-state.ts';
import { bringForSale } from '../../till/app/allowances/bring.ts';
import { commitSale } from '../../till/app/commit-sale.ts';
import { CASHIER, type TillEngine } from '../../till/app/engine.ts';
import type { CommittedSale } from '../../till/contract/shapes.ts';

export type SoldLine = ReturnType<typeof line>;

/** One of an item, or so many. */
export function line({ sku, name, category, tags, unitPrice, taxRate }: CatalogueItem, quantity = 1) {
  const grouped = category === null ? {} : { category };
  return { sku, name, ...grouped, tags, quantity: String(quantity), unitPrice, taxRate };
}

/** What the till may not spend yet it asks head office for, as it does at a counter; other tills answer over their live lines. */
export async function sell(
  { parts }: TillEngine,
  member: MemberId | null,
  lines: SoldLine[],
  redeem: { reward: string; points?: number }[] = [],
): Promise<CommittedSale> {
  const sale = { command: newCommand(), member, lines, redeem, reference: null, expectedDue: null, print: false };
  await bringForSale(parts, sale, CASHIER);
  return expectOk(commitSale(parts, CASHIER, sale));
}

export function newCommand(): CommandId {
  return randomUUID() as string as CommandId; // as a screen makes them
}

export function expectOk<Value>(result: Result<Value, { readonly message: string }>): Value {
  if (!result.ok) throw new Error(`The example cannot be made: ${result.error.message}`);
  return result.value;
}

export const STAMPS_FOR_A_COFFEE = 9;

/** What is left of a wallet that neither ends nor ripens. */
export function lotsSum(wallets: MemberState['wallets'], wallet: string): number {
  const lots = Object.entries(wallets).find(([id]) => id === wallet)?.[1].lots ?? [];
  return lots.reduce((sum, lot) => sum + lot.amount, 0);
}
