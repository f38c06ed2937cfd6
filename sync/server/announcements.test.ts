import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import { announcePushed, followAnnouncements } from './announcements.ts';
import { openClient } from './store/client.ts';
import { openTestDatabase, testServers, type TestDatabase } from './testing/databases.ts';

describe.each(testServers())('announcements on $title', (server) => {
  let test: TestDatabase;

  beforeEach(async () => {
    test = await openTestDatabase(server);
  });
  afterEach(() => test.close());

  it('are heard once the transaction is committed, and take no connection beside it', async () => {
    const heard: string[] = [];
    const following = await followAnnouncements(test.client, {
      pushed: () => heard.push('pushed'),
      folded: () => heard.push('folded'),
    });
    heard.length = 0;
    const single = openClient(test.url, { connectionsMax: 1 });
    await single.begin(async (transaction) => {
      await announcePushed(transaction);
      await test.client`select 1`;
      await setTimeout(50);
      heard.push('to be committed');
    });
    while (heard.length < 2) await setTimeout(5);
    expect(heard).toEqual(['to be committed', 'pushed']);
    await single.end({ timeout: 5 });
    await following.close();
  });
});
