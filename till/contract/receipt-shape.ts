import { z } from 'zod';

/** A laid-out receipt, the very lines that the printer prints: the shape of ReceiptLayout in hardware/receipt/receipt-layout.ts. */
export const receiptView = z.object({
  columns: z.int(),
  elements: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('text'),
        /** Columns are filled with spaces: show it with white-space preserved. */
        text: z.string(),
        align: z.enum(['left', 'center', 'right']),
        bold: z.boolean(),
        /** `tall`: twice as high; `double`: twice as high and wide. */
        size: z.enum(['normal', 'tall', 'double']),
        underline: z.boolean(),
      }),
      z.object({ kind: z.literal('rule') }),
      z.object({ kind: z.literal('qr'), content: z.string() }),
      z.object({ kind: z.literal('feed'), lines: z.int() }),
      z.object({ kind: z.literal('cut') }),
    ]),
  ),
});
export type ReceiptView = z.infer<typeof receiptView>;
