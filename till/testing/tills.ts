/** Tills of one test, closed at its end, when each ledger must prove itself. */
import { verifyLedger } from '../store/verify/verify-ledger.ts';
import { MIGRATIONS, openTestTill, type TestTill } from './test-till.ts';
import { WHOLE_PROGRAMME } from './whole-programme.ts';

export function testTills() {
  const tills: TestTill[] = [];
  return {
    async open(options: Parameters<typeof openTestTill>[0] = {}): Promise<TestTill> {
      const till = await openTestTill({ programme: WHOLE_PROGRAMME, ...options });
      tills.push(till);
      return till;
    },
    /** Closed and opened again. */
    async reopen(till: TestTill): Promise<TestTill> {
      const again = await till.reopen();
      tills.splice(tills.indexOf(till), 1, again);
      return again;
    },
    /** Throws what a ledger finds wrong with itself. */
    async close(): Promise<void> {
      for (const till of tills.splice(0)) {
        await till.engine.parts.prints.idle();
        const { findings } = verifyLedger(`${till.dataFolder}/ledger.db`, MIGRATIONS);
        await till.close();
        if (findings.length > 0) throw new Error(JSON.stringify(findings));
      }
    },
  };
}
