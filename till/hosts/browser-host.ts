/**
 * The till's screen in a browser of the same machine: serves the built page and carries its calls over a WebSocket to the engine. Listens
 * on loopback only. Every other program of the machine can reach it, so: Host and Origin are checked on every request that does something,
 * and only a browser that came with a start token gets through to the engine.
 */
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { Log } from '../../base/node/log.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { MESSAGE_BYTES_MAX } from '../contract/messages.ts';
import type { EngineHandle } from '../transport/engine-handle.ts';
import { isOwnHost, isOwnOrigin, LOOPBACK } from './loopback-address.ts';
import { answerWithProblems, problem } from './problem.ts';
import { createScreenSessions, type ScreenSessions } from './screen-sessions.ts';
import { contentSecurityPolicy } from './security-headers.ts';
import { serveSocket, type ScreenSocket } from './socket-connection.ts';
import { createStartTokens, type StartTokens } from './start-tokens.ts';

const SESSION_BODY_BYTES_MAX = 1_024;
/** Nobody types a token: ten tries a minute are a program that guesses. */
const SESSION_TRIES_PER_MINUTE = 10;
/** A page that cannot connect asks again and again, quickly at first. */
const REQUESTS_PER_MINUTE = 600;

export type BrowserHostOptions = {
  engine: Pick<EngineHandle, 'call' | 'subscribe'>;
  /** Fixed by configuration; 0 takes a free one, for tests. */
  port: number;
  /** The built screen: dist/till. */
  rendererFolder: string;
  /** Where sessions outlive a restart; without it they end with the host. */
  sessionsFile?: string;
  log: Log;
  /** Milliseconds that never go back. */
  nowMs?: () => number;
};

export type BrowserHost = {
  url: string;
  /** Method and address of everything that it answers. */
  readonly routes: readonly string[];
  /** The address to open: with a fresh token that works once, for 60 s. */
  startAddress(): string;
  close(): Promise<void>;
};

export async function startBrowserHost(
  options: BrowserHostOptions,
): Promise<Result<BrowserHost, Refusal<'port-taken'>>> {
  const tokens = createStartTokens(options.nowMs ?? (() => performance.now()));
  const sessions = createScreenSessions(options.sessionsFile);
  // forceCloseConnections: a browser keeps its connections open, and closing must not wait for it.
  const loggerInstance: FastifyBaseLogger = options.log;
  const logController = new LogController({ disableRequestLogging: true });
  const server = fastify({
    loggerInstance,
    logController,
    forceCloseConnections: true,
    bodyLimit: SESSION_BODY_BYTES_MAX,
  });
  const port = (): number => (server.server.address() as AddressInfo).port; // it listens on TCP when this is asked
  const routes: string[] = [];
  server.addHook('onRoute', ({ method, url: address }) => {
    for (const one of [method].flat()) routes.push(`${one} ${address}`);
  });
  answerWithProblems(server);
  await protect(server, port);
  await server.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: '1 minute' });
  await server.register(cookie);
  await server.register(websocket, { options: { maxPayload: MESSAGE_BYTES_MAX } });
  await server.register(fastifyStatic, { root: options.rendererFolder, cacheControl: false });
  addSessionRoutes(server, { tokens, sessions, port });
  addEngineRoute(server, { sessions, port, options });
  try {
    await server.listen({ host: LOOPBACK, port: options.port });
  } catch (error) {
    await server.close();
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return refused(
      'port-taken',
      `Port ${options.port} of this computer is taken by another program. End that one, or give the till another port.`,
    );
  }
  const url = `http://${LOOPBACK}:${port()}/`;
  return ok({ url, routes, startAddress: () => `${url}#token=${tokens.issue()}`, close: () => server.close() });
}

async function protect(server: FastifyInstance, port: () => number): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: false, // set below: it names the port, which is known when it listens
    strictTransportSecurity: false, // loopback has no TLS
    crossOriginEmbedderPolicy: true,
    referrerPolicy: { policy: 'no-referrer' },
  });
  server.addHook('onRequest', async (request, reply) => {
    if (!isOwnHost(request.headers.host, port()))
      return problem(reply, 403, 'wrong-host', 'This address is not one of the till.');
    const sources = ["'self'", `ws://${request.headers.host}`]; // 'self' does not cover ws: in every browser
    reply.header('content-security-policy', contentSecurityPolicy({ connectSources: sources }));
    reply.header('cache-control', 'no-cache');
    return undefined;
  });
}

type Entry = { tokens: StartTokens; sessions: ScreenSessions; port: () => number };

const sessionBodySchema = z.strictObject({ token: z.string().min(1).max(256) });

function addSessionRoutes(server: FastifyInstance, { tokens, sessions, port }: Entry): void {
  const limit = { rateLimit: { max: SESSION_TRIES_PER_MINUTE, timeWindow: '1 minute' } };
  server.post('/session', { config: limit }, async (request, reply) => {
    if (!isOwnOrigin(request.headers.origin, request.headers.host, port())) return wrongOrigin(reply);
    const body = sessionBodySchema.safeParse(request.body);
    if (!body.success) return problem(reply, 400, 'invalid-request', 'A token is needed, and nothing else.');
    if (!tokens.redeem(body.data.token))
      return problem(reply, 401, 'wrong-token', 'This address was used before or is too old. Open the till anew.');
    reply.setCookie(cookieName(port()), sessions.open(), { path: '/', httpOnly: true, sameSite: 'strict' });
    return reply.code(204).send();
  });
  server.get('/session', async (request, reply) => {
    if (!sessions.has(request.cookies[cookieName(port())])) return noSession(reply);
    return reply.code(204).send();
  });
}

type EngineRoute = { sessions: ScreenSessions; port: () => number; options: BrowserHostOptions };

function addEngineRoute(server: FastifyInstance, { sessions, port, options }: EngineRoute): void {
  const checked = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!isOwnOrigin(request.headers.origin, request.headers.host, port())) return wrongOrigin(reply);
    return sessions.has(request.cookies[cookieName(port())]) ? undefined : noSession(reply);
  };
  server.get('/engine', { websocket: true, preValidation: checked }, (socket: ScreenSocket) =>
    serveSocket(socket, options),
  );
}

/** Cookies know no ports: two tills on one machine would take each other's. */
function cookieName(port: number): string {
  return `loyaltill_${port}`;
}

function wrongOrigin(reply: FastifyReply): FastifyReply {
  return problem(reply, 403, 'wrong-origin', 'Only the till’s own page may ask this.');
}

function noSession(reply: FastifyReply): FastifyReply {
  return problem(reply, 401, 'no-session', 'This browser has not been let in. Open the till by its start address.');
}
