import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { MemberId } from '../../base/ids.ts';
import { bringForTransfer } from '../app/allowances/bring.ts';
import { adjustBalance } from '../app/adjust-balance.ts';
import { changeCard } from '../app/change-card.ts';
import { changeClub } from '../app/change-club.ts';
import { enrolMember } from '../app/enrol-member.ts';
import type { TillEngine } from '../app/engine.ts';
import { explainMember } from '../app/explain.ts';
import { identify, showMember } from '../app/find-members.ts';
import { transferPoints } from '../app/transfer-points.ts';
import { memberExplanation } from '../contract/explain-shapes.ts';
import { callerOf, commandOf, failures, respond, respondWithMoney } from './answers.ts';
import * as shapes from './shapes.ts';

const answers = { 200: shapes.memberAnswer, ...failures };
const headers = shapes.commandHeaders;
const params = shapes.memberParams;

/** Looking members up, and how their numbers came about. */
export function addMemberRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/v1/members',
    { schema: { summary: 'Identify a member by card', querystring: shapes.memberQuery, response: answers } },
    (request, reply) => respondWithMoney(parts, reply, 200, identify(parts, request.query.card)),
  );
  routes.get('/v1/members/:id', { schema: { summary: 'Show a member', params, response: answers } }, (request, reply) =>
    respondWithMoney(parts, reply, 200, showMember(parts, memberOf(request.params))),
  );
  routes.get(
    '/v1/members/:id/explain',
    {
      schema: {
        summary: 'How a member came to their balances, lot by lot, and to their level and badges',
        params,
        response: { 200: memberExplanation, ...failures },
      },
    },
    (request, reply) => respond(reply, 200, explainMember(parts, { member: memberOf(request.params) })),
  );
}

/** What changes a member without a sale. */
export function addAccountRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/v1/members',
    {
      schema: {
        summary: 'Enrol a member',
        headers,
        body: shapes.enrolRequest,
        response: { 201: shapes.memberAnswer, ...failures },
      },
    },
    (request, reply) => {
      const { operator, ...person } = request.body;
      const { card = null, firstName = null, phone = null, email = null, birthday = null } = person;
      const asked = { ...person, card, firstName, phone, email, birthday, command: commandOf(request.headers) };
      respondWithMoney(parts, reply, 201, enrolMember(parts, callerOf({ operator }), asked));
    },
  );
  routes.post(
    '/v1/members/:id/adjust',
    {
      schema: {
        summary: 'Adjust a balance, with a reason, as far as the role allows',
        headers,
        params,
        body: shapes.adjustRequest,
        response: answers,
      },
    },
    (request, reply) => {
      const { operator, ...adjustment } = request.body;
      const asked = { ...adjustment, member: memberOf(request.params), command: commandOf(request.headers) };
      respondWithMoney(parts, reply, 200, adjustBalance(parts, callerOf({ operator }), asked));
    },
  );
  routes.post(
    '/v1/members/:id/transfer',
    {
      schema: {
        summary: 'Send points to another member',
        headers,
        params,
        body: shapes.transferRequest,
        response: answers,
      },
    },
    async (request, reply) => {
      const { operator, ...transfer } = request.body;
      const asked = { ...transfer, from: memberOf(request.params), command: commandOf(request.headers) };
      await bringForTransfer(parts, asked);
      respondWithMoney(parts, reply, 200, transferPoints(parts, callerOf({ operator }), asked));
      return reply;
    },
  );
}

/** Cards and clubs. */
export function addBelongingRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/v1/members/:id/card',
    {
      schema: {
        summary: 'Link, block or replace a card',
        headers,
        params,
        body: shapes.cardRequest,
        response: answers,
      },
    },
    (request, reply) => {
      const { operator, ...change } = request.body;
      const asked = { ...change, member: memberOf(request.params), command: commandOf(request.headers) };
      respondWithMoney(parts, reply, 200, changeCard(parts, callerOf({ operator }), asked));
    },
  );
  routes.post(
    '/v1/members/:id/club',
    { schema: { summary: 'Join or leave a club', headers, params, body: shapes.clubRequest, response: answers } },
    (request, reply) => {
      const { operator, ...change } = request.body;
      const asked = { ...change, member: memberOf(request.params), command: commandOf(request.headers) };
      respondWithMoney(parts, reply, 200, changeClub(parts, callerOf({ operator }), asked));
    },
  );
}

function memberOf({ id }: { readonly id: string }): MemberId {
  return id as MemberId; // looked up by the use case
}
