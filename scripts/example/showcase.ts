/** The last sales of the example: what a person who starts it should see at once, with the first cards and among the recent sales. */
import { present } from '../../base/assert.ts';
import type { CatalogueItem } from '../../base/catalogue.ts';
import type { MemberId } from '../../base/ids.ts';
import { CASHIER, type TillEngine } from '../../till/app/engine.ts';
import { refundSale } from '../../till/app/refund-sale.ts';
import { voidSale } from '../../till/app/void-sale.ts';
import { BROUGHT_CARD, exampleCard } from './example-chain.ts';
import { expectOk, line, lotsSum, newCommand, sell, STAMPS_FOR_A_COFFEE } from './selling.ts';

export const PASS_SKU = 'COFFEE-PASS';

export async function showTheProgramme(engine: TillEngine, items: readonly CatalogueItem[]): Promise<void> {
  const item = (sku: string): CatalogueItem =>
    present(
      items.find((other) => other.sku === sku),
      sku,
    );
  const first = exampleMemberId(0);
  await engine.call('member.club', { command: newCommand(), member: first, club: 'cyclists', action: 'join' });
  await sell(engine, first, [line(item(PASS_SKU))]);
  await sell(engine, first, [line(item('FLAT-WHITE'), 2), line(item('CAPPUCCINO'))], [{ reward: 'tree' }]);
  await collectStamps(engine, item('ESPRESSO'));
  await sell(engine, exampleMemberId(3), [line(item('LATTE')), line(item('CAPPUCCINO'))]);
  const partly = await sell(engine, first, [line(item('CUP')), line(item('FILTER'), 3)]);
  const what = { lines: [{ line: 1, quantity: '1' }] };
  expectOk(refundSale(engine.parts, CASHIER, { command: newCommand(), sale: partly.sale, what, print: false }));
  const mistaken = await sell(engine, null, [line(item('ESPRESSO'), 2)]);
  expectOk(voidSale(engine.parts, CASHIER, { command: newCommand(), sale: mistaken.sale, print: false }));
  await bringAFriend(engine);
}

/** Enrolled at the till by way of the first card; their first sale pays both. */
async function bringAFriend(engine: TillEngine): Promise<void> {
  const friend = { card: BROUGHT_CARD, firstName: 'Woodruff A.', phone: null, email: null, birthday: null };
  const referredBy = { card: exampleCard(0) };
  expectOk(await engine.call('member.enrol', { command: newCommand(), ...friend, referredBy }));
}

/** The second example card stands just before its free coffee, whatever the weeks before brought. */
async function collectStamps(engine: TillEngine, espresso: CatalogueItem): Promise<void> {
  const member = exampleMemberId(1);
  const state = engine.parts.members.find(member)?.state;
  const missing = Math.max(0, STAMPS_FOR_A_COFFEE - (state === undefined ? 0 : lotsSum(state.wallets, 'stamps')));
  if (missing > 0) await sell(engine, member, [line(espresso, missing)]);
}

function exampleMemberId(index: number): MemberId {
  return `member-${index + 1}` as MemberId; // the example's own id
}
