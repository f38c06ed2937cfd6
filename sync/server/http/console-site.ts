/** The console as a web site: guarded requests, its files, its calls. */
import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Setting } from '../admin/setting.ts';
import type { ConsoleEvents } from './console-events.ts';
import { guardConsole } from './console-guard.ts';
import { addConsoleRoutes } from './console-routes.ts';
import type { ConsoleSessions } from './console-session.ts';
import { sendProblem } from './problem.ts';

type Site = {
  readonly setting: Setting;
  readonly sessions: ConsoleSessions;
  readonly events: ConsoleEvents;
  /** Known only once the server listens. */
  readonly hosts: () => ReadonlySet<string>;
  /** Built files; without them only the calls are there. */
  readonly folder: string | undefined;
};

export function addConsoleSite(app: FastifyInstance, { setting, sessions, events, hosts, folder }: Site): void {
  void app.register(async (site) => {
    site.addHook('onRequest', async (request, reply) => {
      const { host, origin } = request.headers;
      const refusal = guardConsole({ host, origin }, hosts());
      if (refusal !== undefined) return await sendProblem(reply, refusal);
      return undefined;
    });
    await site.register(cookie);
    addConsoleRoutes(site, setting, sessions, events);
    if (folder !== undefined)
      await site.register(fastifyStatic, { root: folder, index: ['index.html'], maxAge: 0, cacheControl: true });
  });
}
