import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { MemberId } from '../../base/ids.ts';
import { ok } from '../../base/result.ts';
import { receiptAsText } from '../../hardware/receipt/plain-text.ts';
import { attachCard } from '../app/attach-card.ts';
import { claimSale } from '../app/claim-sale.ts';
import type { EngineParts, TillEngine } from '../app/engine.ts';
import { explainSale } from '../app/explain.ts';
import { receiptOf } from '../app/receipts.ts';
import { refundSale } from '../app/refund-sale.ts';
import { findSale } from '../app/sale-book.ts';
import { saleSummary } from '../app/sale-list.ts';
import { unknownSale } from '../app/undo-sale.ts';
import { voidSale } from '../app/void-sale.ts';
import { saleExplanation } from '../contract/explain-shapes.ts';
import { saleSummary as saleSummaryShape } from '../contract/shapes.ts';
import { callerOf, commandOf, failures, respond, respondWithMoney } from './answers.ts';
import * as shapes from './shapes.ts';

const headers = shapes.commandHeaders;
const params = shapes.saleParams;

/** Sales that were made, of this till or of its store. */
export function addSoldRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/v1/sales/:id',
    { schema: { summary: 'Show a sale', params, response: { 200: saleSummaryShape, ...failures } } },
    (request, reply) => {
      const summary = saleSummary(parts, request.params.id);
      respond(reply, 200, summary === undefined ? unknownSale() : ok(summary));
    },
  );
  routes.get(
    '/v1/sales/:id/receipt',
    {
      schema: {
        summary: 'The receipt of a sale of this till as lines of text',
        params,
        response: { 200: shapes.receiptAnswer, ...failures },
      },
    },
    (request, reply) => respond(reply, 200, receiptText(parts, request.params.id)),
  );
  routes.get(
    '/v1/sales/:id/explain',
    {
      schema: {
        summary: 'How a sale came about rule by rule, and what refunds have undone',
        params,
        response: { 200: saleExplanation, ...failures },
      },
    },
    (request, reply) => respond(reply, 200, explainSale(parts, request.params.id)),
  );
}

/** What happens to a sale after it. */
export function addAfterSaleRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/v1/sales/:id/void',
    {
      schema: {
        summary: 'Void a sale on its own business date',
        headers,
        params,
        body: shapes.voidRequest,
        response: { 200: shapes.refundAnswer, ...failures },
      },
    },
    (request, reply) => {
      const { operator, print = false } = request.body ?? {};
      const asked = { command: commandOf(request.headers), sale: request.params.id, print };
      respondWithMoney(parts, reply, 200, voidSale(parts, callerOf({ operator }), asked));
    },
  );
  routes.post(
    '/v1/sales/:id/refund',
    {
      schema: {
        summary: 'Refund lines of a sale, or all that is left of it',
        headers,
        params,
        body: shapes.refundRequest,
        response: { 200: shapes.refundAnswer, ...failures },
      },
    },
    (request, reply) => {
      const { operator, print, what } = request.body;
      const asked = { command: commandOf(request.headers), sale: request.params.id, what, print };
      respondWithMoney(parts, reply, 200, refundSale(parts, callerOf({ operator }), asked));
    },
  );
  routes.post(
    '/v1/sales/:id/attach',
    {
      schema: {
        summary: 'Add a card that came after the sale, on its own business date',
        headers,
        params,
        body: shapes.attachRequest,
        response: { 200: shapes.attachAnswer, ...failures },
      },
    },
    (request, reply) => {
      const { operator, ...customer } = request.body;
      const asked = { ...customerOf(customer), command: commandOf(request.headers), sale: request.params.id };
      respondWithMoney(parts, reply, 200, attachCard(parts, callerOf({ operator }), asked));
    },
  );
  routes.post(
    '/v1/claims',
    {
      schema: {
        summary: "Claim what an anonymous sale earned, with its receipt's code",
        headers,
        body: shapes.claimRequest,
        response: { 200: shapes.memberAnswer, ...failures },
      },
    },
    (request, reply) => {
      const { operator, code, sale, ...customer } = request.body;
      const asked = { ...customerOf(customer), command: commandOf(request.headers), code, sale };
      respondWithMoney(parts, reply, 200, claimSale(parts, callerOf({ operator }), asked));
    },
  );
}

function customerOf({ member, card }: { readonly member?: string | undefined; readonly card?: string | undefined }) {
  return { member: member as MemberId | undefined, card }; // looked up by the use case
}

function receiptText(parts: EngineParts, name: string) {
  const sale = findSale(parts, name);
  const receipt = sale && receiptOf(parts, sale.sale);
  if (receipt === undefined) return unknownSale();
  const layout = parts.prints.layout(receipt);
  return ok({ columns: layout.columns, lines: receiptAsText(layout) });
}
