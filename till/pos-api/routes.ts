import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { CommandId, MemberId, SaleId } from '../../base/ids.ts';
import { ok, refused, type Refusal, type Result } from '../../base/result.ts';
import { receiptAsText } from '../../hardware/receipt/plain-text.ts';
import { commitSale } from '../app/commit-sale.ts';
import type { Caller } from '../app/context.ts';
import { CASHIER, type EngineParts, type TillEngine } from '../app/engine.ts';
import { identify, showMember, today } from '../app/find-members.ts';
import { momentNow } from '../app/moment.ts';
import { priceSale } from '../app/price-sale.ts';
import { quoteView } from '../app/quote-sale.ts';
import { receiptOf } from '../app/receipts.ts';
import { saleSummary } from '../app/sale-list.ts';
import { voidSale } from '../app/void-sale.ts';
import type { Basket } from '../contract/shapes.ts';
import { saleSummary as saleSummaryShape } from '../contract/shapes.ts';
import { sendProblem } from './problems.ts';
import * as shapes from './shapes.ts';

const failures = { '4xx': shapes.problem, '5xx': shapes.problem };

export function addMemberRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/v1/members',
    {
      schema: {
        summary: 'Identify a member by card',
        querystring: shapes.memberQuery,
        response: { 200: shapes.memberAnswer, ...failures },
      },
    },
    (request, reply) => {
      const member = identify(parts, request.query.card);
      respond(reply, 200, member.ok ? ok({ ...member.value, ...moneyOf(parts) }) : member);
    },
  );
}

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
    (request, reply) => {
      const answer = quote(engine, request.body);
      respond(reply, 200, answer.ok ? ok({ ...answer.value, ...moneyOf(parts) }) : answer);
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
    (request, reply) => {
      const answer = commit(parts, commandOf(request.headers), request.body);
      respond(reply, 201, answer.ok ? ok({ ...answer.value, ...moneyOf(parts) }) : answer);
    },
  );
}

/** Sales that were made. */
export function addSoldRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/v1/sales/:id',
    {
      schema: {
        summary: 'Show a sale of this till',
        params: shapes.saleParams,
        response: { 200: saleSummaryShape, ...failures },
      },
    },
    (request, reply) => {
      const sale = saleOf(parts, request.params.id);
      const summary = sale && saleSummary(parts, sale);
      respond(reply, 200, summary === undefined ? unknownSale() : ok(summary));
    },
  );
  routes.get(
    '/v1/sales/:id/receipt',
    {
      schema: {
        summary: 'The receipt as lines of text',
        params: shapes.saleParams,
        response: { 200: shapes.receiptAnswer, ...failures },
      },
    },
    (request, reply) => {
      const sale = saleOf(parts, request.params.id);
      const receipt = sale === undefined ? undefined : receiptOf(parts, sale);
      if (receipt === undefined) return respond(reply, 200, unknownSale());
      const layout = parts.prints.layout(receipt);
      respond(reply, 200, ok({ columns: layout.columns, lines: receiptAsText(layout) }));
    },
  );
  routes.post(
    '/v1/sales/:id/void',
    {
      schema: {
        summary: 'Void a sale on its own business date',
        headers: shapes.commandHeaders,
        params: shapes.saleParams,
        body: shapes.voidRequest,
        response: { 200: shapes.voidAnswer, ...failures },
      },
    },
    (request, reply) => {
      const answer = undo(parts, request.params.id, commandOf(request.headers), request.body ?? undefined);
      respond(reply, 200, answer.ok ? ok({ ...answer.value, ...moneyOf(parts) }) : answer);
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
  const { reference = null, expectedDue = null, print } = body;
  return commitSale(parts, callerOf(body), { ...basketOf(body), command, reference, expectedDue, print });
}

function undo(parts: EngineParts, id: string, command: CommandId, body: shapes.VoidRequestBody) {
  const sale = saleOf(parts, id);
  if (sale === undefined) return unknownSale();
  return voidSale(parts, callerOf(body ?? {}), { command, sale, print: body?.print ?? false });
}

/** The value, checked by the route's own schema as it is written out, or the refusal as a problem document. */
function respond<Value>(
  reply: { code(status: number): unknown },
  status: number,
  answer: Result<Value, Refusal>,
): void {
  const plain = reply as FastifyReply; // each route has a reply type of its own, which a shared function cannot name
  if (answer.ok) void plain.code(status).send(answer.value);
  else void sendProblem(plain, answer.error);
}

type CustomerAndBasket = Pick<shapes.QuoteRequest, 'member' | 'card' | 'lines' | 'redeem' | 'partner'>;

/** Who it is, and whether both were named, is looked up by the use case. */
function basketOf({ member, card, lines, redeem = [], partner }: CustomerAndBasket): Basket {
  return { member: (member ?? null) as MemberId | null, card, lines, redeem, partner }; // an id that is looked up
}

function callerOf({ operator, approvedBy }: Partial<Pick<shapes.QuoteRequest, 'operator' | 'approvedBy'>>): Caller {
  const named = (person: typeof operator): Caller['approver'] =>
    person === undefined ? null : { operator: person.id, role: person.role };
  return { actor: named(operator) ?? CASHIER.actor, approver: named(approvedBy) };
}

/** Keys of the POS and ids of the screen live side by side. */
function commandOf(headers: { 'idempotency-key': string }): CommandId {
  return `pos:${headers['idempotency-key']}` as CommandId; // a caller's key is a command id
}

function saleOf({ store }: EngineParts, id: string): SaleId | undefined {
  return (store.projections.sale(id as SaleId) ?? store.projections.saleByReference(id))?.sale; // looked up just here
}

function unknownSale() {
  return refused('unknown-sale', 'This sale was not made at this till.');
}

function moneyOf(parts: EngineParts): { currency: string; minorDigits: number } {
  const programme = parts.programmes.inEffect(today(parts))?.programme ?? parts.programmes.newest()?.programme;
  return { currency: programme?.currency ?? 'XXX', minorDigits: programme?.minorDigits ?? 2 };
}
