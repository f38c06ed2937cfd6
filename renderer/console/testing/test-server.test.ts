import { afterAll, expect, it } from 'vitest';
import {
  CONSOLE_PATH,
  enrolmentCodeSchema,
  entriesPageSchema,
  memberDetailSchema,
  membersPageSchema,
  overviewSchema,
  problemSchema,
} from '../../../sync/protocol/console.ts';
import { startTestServer } from './test-server.ts';

const server = await startTestServer();
afterAll(() => server.close());

it.each([
  ['GET', '/overview', overviewSchema],
  ['GET', '/entries', entriesPageSchema],
  ['GET', '/entries?cursor=20&limit=5', entriesPageSchema],
  ['GET', '/members?search=clover', membersPageSchema],
  ['GET', '/members/member-3', memberDetailSchema],
  ['GET', '/members/member-3/entries', entriesPageSchema],
  ['GET', '/members/nobody', problemSchema],
  ['POST', '/tills/harbour-1/enrolment-codes', enrolmentCodeSchema],
])('answers %s %s as head office would', async (method, call, schema) => {
  const response = await fetch(`${server.url}${CONSOLE_PATH}${call}`, { method });
  expect(schema.safeParse(await response.json()).error).toBeUndefined();
});
