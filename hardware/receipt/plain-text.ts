import { cleanText, pad, wrap } from './columns.ts';
import type { LayoutElement, ReceiptLayout } from './receipt-layout.ts';

/** The receipt as lines of plain text, for logs, tests and text-only printers; no line is wider than the layout's columns. */
export function receiptAsText(layout: ReceiptLayout): string[] {
  return layout.elements.flatMap((element) => linesOf(element, layout.columns));
}

function linesOf(element: LayoutElement, columns: number): string[] {
  switch (element.kind) {
    case 'text':
      return [pad(element.text, columns, element.align)];
    case 'rule':
      return ['-'.repeat(columns)];
    case 'qr':
      return wrap(`[QR] ${cleanText(element.content)}`, columns).map((line) => pad(line, columns, 'center'));
    case 'feed':
      return Array.from({ length: element.lines }, () => '');
    case 'cut':
      return [];
    default:
      return element satisfies never;
  }
}
