/** What the console calls. Every address but the session's needs a session. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { MemberId, TillId } from '../../../base/ids.ts';
import { CONSOLE_PATH, membersQuerySchema, pageQuerySchema } from '../../protocol/console.ts';
import type { Setting } from '../admin/setting.ts';
import { createEnrolmentCode } from '../admin/stores-and-tills.ts';
import { entriesPage } from '../console/entries.ts';
import { memberDetail, membersPage } from '../console/members.ts';
import { overview } from '../console/overview.ts';
import type { ConsoleEvents } from './console-events.ts';
import { CONSOLE_COOKIE, CONSOLE_SESSION_SECONDS, type ConsoleSessions } from './console-session.ts';
import { parseInput } from './parse.ts';
import { sendProblem } from './problem.ts';

const id = z
  .string()
  .min(1)
  .max(128)
  .refine((text) => !text.includes('\0'));
const memberParamsSchema = z.object({ id: id as unknown as z.ZodType<MemberId> }); // looked up, not trusted
const tillParamsSchema = z.object({ id: id as unknown as z.ZodType<TillId> }); // likewise
const sessionRequestSchema = z.strictObject({ token: z.string().min(1).max(100) });

const MINUTE_MS = 60_000;
const SESSIONS_PER_MINUTE = 20;
const REQUESTS_PER_MINUTE = 1_200;

/** `app`: a scope whose requests passed the guard. */
export function addConsoleRoutes(
  app: FastifyInstance,
  setting: Setting,
  sessions: ConsoleSessions,
  events: ConsoleEvents,
): void {
  const { database } = setting;
  const rateLimit = { max: REQUESTS_PER_MINUTE, timeWindow: MINUTE_MS };
  addSession(app, sessions);

  void app.register(async (inside) => {
    inside.addHook('onRequest', async (request, reply) => {
      if (!(await sessions.isOpen(request.cookies[CONSOLE_COOKIE]))) return await unauthorised(reply);
      return undefined;
    });

    inside.get(`${CONSOLE_PATH}/overview`, { config: { rateLimit } }, async () => await overview(setting));

    inside.get(`${CONSOLE_PATH}/members`, { config: { rateLimit } }, async (request, reply) => {
      const query = parseInput(membersQuerySchema, request.query);
      return query.ok ? await membersPage(setting, query.value) : await sendProblem(reply, query.error);
    });

    inside.get(`${CONSOLE_PATH}/members/:id`, { config: { rateLimit } }, async (request, reply) => {
      const params = parseInput(memberParamsSchema, request.params);
      if (!params.ok) return await sendProblem(reply, params.error);
      return (await memberDetail(setting, params.value.id)) ?? (await unknownMember(reply));
    });

    inside.get(`${CONSOLE_PATH}/members/:id/entries`, { config: { rateLimit } }, async (request, reply) => {
      const params = parseInput(memberParamsSchema, request.params);
      const query = parseInput(pageQuerySchema, request.query);
      if (!params.ok) return await sendProblem(reply, params.error);
      if (!query.ok) return await sendProblem(reply, query.error);
      return await entriesPage(database, query.value, params.value.id);
    });

    inside.get(`${CONSOLE_PATH}/entries`, { config: { rateLimit } }, async (request, reply) => {
      const query = parseInput(pageQuerySchema, request.query);
      return query.ok ? await entriesPage(database, query.value) : await sendProblem(reply, query.error);
    });

    inside.get(`${CONSOLE_PATH}/events`, { config: { rateLimit } }, async (_request, reply) => {
      if (events.open(reply)) return reply;
      return await sendProblem(reply, { code: 'too-many-requests', message: 'Too many consoles listen already.' });
    });

    inside.post(`${CONSOLE_PATH}/tills/:id/enrolment-codes`, { config: { rateLimit } }, async (request, reply) => {
      const params = parseInput(tillParamsSchema, request.params);
      if (!params.ok) return await sendProblem(reply, params.error);
      const made = await createEnrolmentCode(setting, params.value.id);
      return made.ok ? await reply.code(201).send(made.value) : await sendProblem(reply, made.error);
    });
  });
}

function addSession(app: FastifyInstance, sessions: ConsoleSessions): void {
  const rateLimit = { max: SESSIONS_PER_MINUTE, timeWindow: MINUTE_MS };
  app.post(`${CONSOLE_PATH}/session`, { config: { rateLimit } }, async (request, reply) => {
    const input = parseInput(sessionRequestSchema, request.body);
    if (!input.ok) return await sendProblem(reply, input.error);
    const session = await sessions.open(input.value.token);
    if (session === undefined) return await unauthorised(reply);
    const options = {
      httpOnly: true,
      sameSite: 'strict',
      path: CONSOLE_PATH,
      maxAge: CONSOLE_SESSION_SECONDS,
    } as const;
    return await reply.setCookie(CONSOLE_COOKIE, session, options).code(204).send();
  });
}

async function unauthorised(reply: FastifyReply): Promise<FastifyReply> {
  return await sendProblem(reply, {
    code: 'unauthorised',
    message: 'Open the console with a fresh address from head office.',
  });
}

async function unknownMember(reply: FastifyReply): Promise<FastifyReply> {
  return await sendProblem(reply, { code: 'unknown-member', message: 'There is no such member.' });
}
