/** The HTTP server of head office. */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance } from 'fastify';
import type { Log } from '../../../base/node/log.ts';
import type { Setting } from '../admin/setting.ts';
import { answerErrors } from './errors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Method and address of everything that is answered here. */
    readonly routeNames: readonly string[];
  }
}

const BODY_BYTES_MAX = 65_536;
const REQUEST_TIMEOUT_MS = 30_000;

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

export async function createApp({ clock }: Setting, log: Log): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    // Addresses and headers of requests stay out of the log: they can hold names, cards and tokens.
    logger: false,
  });
  const routes: string[] = [];
  app.decorate('routeNames', routes);
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url}`);
  });
  answerErrors(app, log);
  app.addHook('onSend', async (_request, reply) => {
    // A till whose clock is wrong learns here by how much, even from a refusal.
    reply.header('date', new Date(clock()).toUTCString());
    reply.header('cache-control', reply.getHeader('cache-control') ?? 'no-store');
  });
  // Without TLS of our own a promise to browsers about it would be hollow; who puts TLS before it adds the header there.
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });
  await app.register(rateLimit, { global: false });
  return app;
}
