/** The calls of the console, as sync/protocol/console.ts has them. */
import { z } from 'zod';
import {
  CONSOLE_PATH,
  enrolmentCodeSchema,
  entriesPageSchema,
  memberDetailSchema,
  membersPageSchema,
  overviewSchema,
  type EnrolmentCode,
  type EntriesPage,
  type MemberDetail,
  type MembersPage,
  type Overview,
} from '../../../sync/protocol/console.ts';
import { request, type Answer } from './request.ts';

export type ConsoleApi = {
  /** Buys the session cookie for the one-time token of the address. */
  readonly openSession: (token: string) => Promise<Answer<null>>;
  readonly overview: () => Promise<Answer<Overview>>;
  /** Without a cursor: the first page. */
  readonly entries: (cursor?: string) => Promise<Answer<EntriesPage>>;
  readonly members: (query: MembersQuery) => Promise<Answer<MembersPage>>;
  readonly member: (id: string) => Promise<Answer<MemberDetail>>;
  readonly memberEntries: (id: string, cursor?: string) => Promise<Answer<EntriesPage>>;
  readonly createEnrolmentCode: (till: string) => Promise<Answer<EnrolmentCode>>;
};

export type MembersQuery = { readonly search: string; readonly cursor?: string | undefined; readonly limit?: number };

export function consoleApi(): ConsoleApi {
  return {
    openSession: (token) =>
      request({ path: `${CONSOLE_PATH}/session`, schema: z.null(), method: 'POST', body: { token } }),
    overview: () => request({ path: `${CONSOLE_PATH}/overview`, schema: overviewSchema }),
    entries: (cursor) => request({ path: `${CONSOLE_PATH}/entries${query({ cursor })}`, schema: entriesPageSchema }),
    members: ({ search, cursor, limit }) =>
      request({
        path: `${CONSOLE_PATH}/members${query({ search: search === '' ? undefined : search, cursor, limit })}`,
        schema: membersPageSchema,
      }),
    member: (id) => request({ path: memberPath(id), schema: memberDetailSchema }),
    memberEntries: (id, cursor) =>
      request({ path: `${memberPath(id)}/entries${query({ cursor })}`, schema: entriesPageSchema }),
    createEnrolmentCode: (till) =>
      request({
        path: `${CONSOLE_PATH}/tills/${encodeURIComponent(till)}/enrolment-codes`,
        schema: enrolmentCodeSchema,
        method: 'POST',
      }),
  };
}

function memberPath(id: string): string {
  return `${CONSOLE_PATH}/members/${encodeURIComponent(id)}`;
}

function query(fields: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
