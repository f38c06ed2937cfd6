import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { CommandId, MemberId } from '../../base/ids.ts';
import { ok } from '../../base/result.ts';
import { bringForSale } from '../app/allowances/bring.ts';
import { commitSale } from '../app/commit-sale.ts';
import type { EngineParts, TillEngine } from '../app/engine.ts';
import { showMember } from '../app/find-members.ts';
import { momentNow } from '../app/moment.ts';
import { priceSale } from '../app/price-sale.ts';
import { quoteView } from '../app/quote-sale.ts';
import type { Basket } from '../contract/shapes.ts';
import { callerOf, commandOf, failures, respondWithMoney } from './answers.ts';
import * as shapes from './shapes.ts';

export function addSaleRoutes(app: FastifyInstance, engine: TillEngine): void {
  const { parts } = engine;
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/v1/quotes',
    {
      schema: {
        summary: 'Quote a basket; no side effect',
        body: shapes.quoteRequest,
        response: { 200: shapes.quoteAnswer, ...failures },
      },
    },
    async (request, reply) => {
      await bringForSale(parts, basketOf(request.body), callerOf(request.body));
      respondWithMoney(parts, reply, 200, quote(engine, request.body));
      return reply;
    },
  );
  routes.post(
    '/v1/sales',
    {
      schema: {
        summary: 'Commit a sale',
        headers: shapes.commandHeaders,
        body: shapes.saleRequest,
        response: { 201: shapes.saleAnswer, ...failures },
      },
    },
    async (request, reply) => {
      const command = commandOf(request.headers);
      await bringForSale(parts, { ...basketOf(request.body), command }, callerOf(request.body));
      respondWithMoney(parts, reply, 201, commit(parts, command, request.body));
      return reply;
    },
  );
}

function quote({ parts }: TillEngine, body: shapes.QuoteRequest) {
  const basket = basketOf(body);
  const priced = priceSale(parts, basket, callerOf(body), momentNow(parts, parts.writer.last()));
  if (!priced.ok) return priced;
  const member = priced.value.member?.member ?? null;
  if (body.present) {
    const view = member === null ? null : showMember(parts, member);
    parts.events.emit('basket', {
      basket: { ...basket, member, card: null },
      reference: body.reference ?? null,
      member: view?.ok === true ? view.value : null,
    });
  }
  return ok({ ...quoteView(parts, priced.value), member });
}

function commit(parts: EngineParts, command: CommandId, body: shapes.SaleRequestBody) {
  const { reference = null, register = null, expectedDue = null, print } = body;
  return commitSale(parts, callerOf(body), { ...basketOf(body), command, reference, register, expectedDue, print });
}

type CustomerAndBasket = Pick<shapes.QuoteRequest, 'member' | 'card' | 'lines' | 'redeem' | 'partner'>;

/** Who it is, and whether both were named, is looked up by the use case. */
function basketOf({ member, card, lines, redeem = [], partner }: CustomerAndBasket): Basket {
  return { member: (member ?? null) as MemberId | null, card, lines, redeem, partner }; // an id that is looked up
}
