/** A till of the tests gives back all that head office counts as out there. */
import { outOfTill } from '../store/allowances.ts';
import type { TestHeadOffice } from './test-head-office.ts';
import { batchOf, record, type TestTill } from './test-till.ts';

export async function giveAllBack(ho: TestHeadOffice, till: TestTill): Promise<void> {
  const parts = await outOfTill(ho.database, till.identity.inc);
  const returned = parts.map(({ account, wallet, end, amount }) => ({ account, wallet, end, amount }));
  record(till, { at: ho.clock.now, kind: 'allowance-return', body: { reason: 'recalled' }, allowances: { returned } });
  await ho.push(till, batchOf(till));
  await ho.office.admin.foldToEnd();
}
