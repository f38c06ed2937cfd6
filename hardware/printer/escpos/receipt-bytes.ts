import { cellsOf, wrap } from '../../receipt/columns.ts';
import { layoutReceipt } from '../../receipt/layout.ts';
import type { Receipt } from '../../receipt/receipt.ts';
import { columnsOf, type LayoutElement, type LayoutText, type ReceiptLayout } from '../../receipt/receipt-layout.ts';
import { byteBuilder, type ByteBuilder } from './byte-builder.ts';
import { printableOn } from './code-page.ts';
import type { PrinterProfile } from './profile.ts';
import { qrDotsPerModule } from './qr-size.ts';

/** The layout for this printer: its columns, and only characters that it has. Preview and bytes both come from it. */
export function layoutFor(receipt: Receipt, profile: PrinterProfile): ReceiptLayout {
  return layoutReceipt(receipt, { columns: profile.columns, printable: printableOn(profile.page) });
}

/** ESC/POS bytes of a whole job: initialises the printer, ends with the layout's cut and no mode left on. */
export function receiptBytes(layout: ReceiptLayout, profile: PrinterProfile): Uint8Array {
  const builder = byteBuilder(profile.page);
  for (const element of layout.elements) writeElement(builder, element, profile);
  return builder.finish();
}

function writeElement(builder: ByteBuilder, element: LayoutElement, profile: PrinterProfile): void {
  switch (element.kind) {
    case 'text':
      builder.mode(element);
      for (const line of linesThatFit(element, profile)) builder.line(line);
      return;
    case 'rule':
      builder.mode({ align: 'left', bold: false, size: 'normal', underline: false });
      builder.line('-'.repeat(profile.columns));
      return;
    case 'qr':
      builder.qr(element.content, qrDotsPerModule(element.content, profile.dots));
      return;
    case 'feed':
      builder.feed(element.lines);
      return;
    case 'cut':
      builder.cut(profile.cutter);
      return;
    default:
      element satisfies never;
  }
}

/** A layout made by `layoutFor` fits as it is; one made for other paper is wrapped rather than broken by the printer. */
function linesThatFit(element: LayoutText, profile: PrinterProfile): string[] {
  const text = printableOn(profile.page)(element.text);
  const columns = columnsOf(element.size, profile.columns);
  return cellsOf(text) <= columns ? [text] : wrap(text, columns);
}
