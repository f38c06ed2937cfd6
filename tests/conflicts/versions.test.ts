/** A till that works with an older programme than head office, and one that computes wrongly (docs/conflicts.md). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { testServers } from '../../sync/server/testing/databases.ts';
import { batchOf, earning, factText, POINTS, saleBody, write } from '../../sync/server/testing/test-till.ts';
import { flagsOf } from '../../sync/server/store/flags.ts';
import { openShop, PROGRAMME, type Shop } from './shop.ts';

const DOUBLE = {
  ...PROGRAMME,
  version: 2,
  earn: [{ id: 'base', wallet: 'points', amount: { per: 'spend', give: 2, every: 100 } }],
};

describe.each(testServers().slice(0, 1))('programme versions, on $title', (server) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(server);
  });
  afterAll(() => shop.close());

  it('what an offline till promised by the version that it had stands', async () => {
    const { t1, t2, ho } = shop;
    const ada = await shop.member();
    await ho.office.admin.publishProgramme(JSON.stringify(DOUBLE));
    await shop.meet(t2);
    expect((await t1.sell(ada, 1_000)).earned).toEqual([{ wallet: 'points', amount: 10 }]);
    expect((await t2.sell(ada, 1_000)).earned).toEqual([{ wallet: 'points', amount: 20 }]);
    await shop.meet();
    expect(await shop.balance(ada)).toBe(30);
    expect([await t1.flags(), await t2.flags()]).toEqual([[], []]);
  });

  it.each([
    ['a trifle stands and is shown', 8, 8],
    ['more is made good, and the member sees it', 500, 3],
    ['more is made good, and the member sees it', 0, 0],
  ])('a till that computes wrongly: %s', async (_title, said, balance) => {
    const { ho } = shop;
    const ada = await shop.member();
    const till = await ho.enrolTill(`wrong-${said}`);
    const at = ho.clock.now;
    // 350 minor units earn 3 points.
    const body = {
      ...saleBody(`w-${said}`, said),
      earned: said === 0 ? [] : [{ rule: 'base', wallet: POINTS, amount: said }],
    };
    const fact = { at, kind: 'sale', member: ada, body, postings: earning(ada, said) };
    const prog = sha256(JSON.stringify(PROGRAMME));
    write(till, JSON.stringify({ ...JSON.parse(factText(till, fact)), prog }));
    expect(await ho.push(till, batchOf(till))).toMatchObject({ status: 200 });
    await ho.office.admin.foldToEnd();
    expect((await flagsOf(ho.database, till.identity.inc)).map(({ code }) => code)).toEqual(['programme-drift']);
    expect(await pointsOf(ada)).toBe(balance);
  });
  const pointsOf = async (member: MemberId): Promise<number> =>
    (await shop.ho.office.admin.memberView(member))?.balances[POINTS] ?? 0;
});
