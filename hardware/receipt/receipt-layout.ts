import { z } from 'zod';

/**
 * A receipt laid out for a paper width: plain JSON that the printer's encoder, the text renderer and the screen's preview all
 * read, so what is on screen is what is on paper. No text is wider than `columnsOf(size, columns)` cells of a monospace font.
 */
export const LAYOUT_COLUMNS_MIN = 24;
export const LAYOUT_COLUMNS_MAX = 64;

/** `tall` is twice as high; `double` is twice as high and wide, so half as many characters fit. */
export const textSizeSchema = z.enum(['normal', 'tall', 'double']);
export const textAlignSchema = z.enum(['left', 'center', 'right']);

export const layoutElementSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    /** One line, without control characters. Columns are filled with spaces: show it with white-space preserved. */
    text: z.string(),
    align: textAlignSchema,
    bold: z.boolean(),
    size: textSizeSchema,
    underline: z.boolean(),
  }),
  /** A line across the paper. */
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('qr'), content: z.string().min(1) }),
  z.strictObject({ kind: z.literal('feed'), lines: z.int().min(1).max(10) }),
  z.strictObject({ kind: z.literal('cut') }),
]);

export const receiptLayoutSchema = z.strictObject({
  columns: z.int().min(LAYOUT_COLUMNS_MIN).max(LAYOUT_COLUMNS_MAX),
  elements: z.array(layoutElementSchema),
});

export type TextSize = z.infer<typeof textSizeSchema>;
export type TextAlign = z.infer<typeof textAlignSchema>;
export type LayoutElement = z.infer<typeof layoutElementSchema>;
export type LayoutText = Extract<LayoutElement, { kind: 'text' }>;
export type ReceiptLayout = z.infer<typeof receiptLayoutSchema>;

/** Characters of this size that fit across the paper. */
export function columnsOf(size: TextSize, columns: number): number {
  switch (size) {
    case 'normal':
    case 'tall':
      return columns;
    case 'double':
      return Math.floor(columns / 2);
    default:
      return size satisfies never;
  }
}
