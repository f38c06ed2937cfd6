import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { bringForVoucher } from '../app/allowances/bring.ts';
import type { TillEngine } from '../app/engine.ts';
import { redeemVoucher } from '../app/redeem-voucher.ts';
import { redeemedVoucher } from '../contract/shapes.ts';
import { callerOf, commandOf, failures, respond } from './answers.ts';
import * as shapes from './shapes.ts';

export function addVoucherRoutes(app: FastifyInstance, { parts }: TillEngine): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/vouchers',
    {
      schema: {
        summary: 'Take back a one-time voucher that a sale printed',
        headers: shapes.commandHeaders,
        body: shapes.voucherRequest,
        response: { 200: redeemedVoucher, ...failures },
      },
    },
    async (request, reply) => {
      const { operator, code, reference } = request.body;
      const asked = { command: commandOf(request.headers), code, reference };
      await bringForVoucher(parts, asked);
      respond(reply, 200, redeemVoucher(parts, callerOf({ operator }), asked));
      return reply;
    },
  );
}
