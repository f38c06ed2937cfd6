/**
 * The POS API: what the shop's own POS asks of the till, on loopback only, with the line up or down. Every endpoint goes through the same
 * use cases as the screen.
 */
import swagger from '@fastify/swagger';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { secretsEqual } from '../../base/node/hash.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import type { TillEngine } from '../app/engine.ts';
import { addAccountRoutes, addBelongingRoutes, addMemberRoutes } from './member-routes.ts';
import { answerWithProblems, sendProblem } from './problems.ts';
import { addSaleRoutes } from './sale-routes.ts';
import { addAfterSaleRoutes, addSoldRoutes } from './sold-routes.ts';
import { addVoucherRoutes } from './voucher-routes.ts';
import { posToken } from './token.ts';

export const POS_API_HOST = '127.0.0.1';
const BODY_BYTES_MAX = 1_048_576;
const REQUESTS_PER_MINUTE_MAX = 6_000;
const RATE_WINDOW_MS = 60_000;

export type PosApi = {
  readonly url: string;
  /** Method and address of everything that it answers. */
  readonly routes: readonly string[];
  close(): Promise<void>;
};

export type PosApiOptions = { readonly engine: TillEngine; readonly dataFolder: string; readonly port: number };

/** Refuses with `port-taken`. Port 0 takes any free one, for tests. */
export async function startPosApi({
  engine,
  dataFolder,
  port,
}: PosApiOptions): Promise<Result<PosApi, Refusal<'port-taken'>>> {
  const routes: string[] = [];
  const app = await buildPosApi(engine, posToken(dataFolder), routes);
  try {
    const url = await app.listen({ host: POS_API_HOST, port });
    return ok({ url, routes, close: () => app.close() });
  } catch (error) {
    await app.close();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return refused(
        'port-taken',
        `Port ${port} of the POS API is taken by another program. Set another port, or end that program.`,
      );
    }
    throw error;
  }
}

async function buildPosApi(engine: TillEngine, token: string, routes: string[]): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_BYTES_MAX, logger: false });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
  answerWithProblems(app, engine.parts.log);
  await app.register(helmet);
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE_MAX, timeWindow: RATE_WINDOW_MS });
  await app.register(swagger, { openapi: openApi, transform: jsonSchemaTransform });
  app.addHook('onRequest', async (request, reply) => guard(request, reply, token));
  addMemberRoutes(app, engine);
  addSaleRoutes(app, engine);
  addAccountRoutes(app, engine);
  addBelongingRoutes(app, engine);
  addSoldRoutes(app, engine);
  addVoucherRoutes(app, engine);
  addAfterSaleRoutes(app, engine);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}

const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Loyaltill POS API',
    version: '1.0.0',
    description:
      'Loyalty at the till, for its POS. Money is in minor units. It answers alike with the line to head office up or down.',
  },
  components: { securitySchemes: { token: { type: 'http' as const, scheme: 'bearer' } } },
  security: [{ token: [] }],
};

/** A page in a browser must not reach it by a name that leads to loopback, so the host is checked before the token. */
async function guard(request: FastifyRequest, reply: FastifyReply, token: string): Promise<FastifyReply | undefined> {
  if (!['127.0.0.1', 'localhost'].includes(request.hostname)) return unauthorised(reply);
  if (request.url === '/openapi.json') return undefined;
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return secretsEqual(given, token) ? undefined : unauthorised(reply);
}

function unauthorised(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { code: 'unauthorised', message: 'The token is missing or wrong.' });
}
