import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GERMAN_SALE, SALE, TEST_PRINT, VOID } from '../../receipt/testing/example-receipts.ts';
import { layoutReceipt } from '../../receipt/layout.ts';
import { receiptAsText } from '../../receipt/plain-text.ts';
import type { ReceiptLayout } from '../../receipt/receipt-layout.ts';
import { readEscPos, type PrintedLine } from './testing/checker.ts';
import { PRINTER_PROFILES, type PrinterProfile } from './profile.ts';
import { layoutFor, receiptBytes } from './receipt-bytes.ts';

const profiles = Object.values<PrinterProfile>(PRINTER_PROFILES);

function printout(layout: ReceiptLayout, profile: PrinterProfile) {
  const page = profile.page.encoding === 'cp858' ? 'cp858' : 'windows-1252';
  return readEscPos(receiptBytes(layout, profile), {
    columns: profile.columns,
    pages: new Map([[profile.page.number, page]]),
  });
}

/** As the printer aligns it. */
function asText({ text, align }: PrintedLine, columns: number): string {
  const free = columns - text.length;
  if (align === 'left') return text;
  return ' '.repeat(align === 'right' ? free : free >> 1) + text;
}

describe('receipt in ESC/POS', () => {
  it('prints the golden sale with its modes', () => {
    const profile = PRINTER_PROFILES['epson-80-180dpi'];
    const plain = { align: 'left', bold: false, underline: false, width: 1, height: 1 } as const;
    const centred = { ...plain, align: 'center' } as const;
    const rule = { ...plain, text: '-'.repeat(42) };
    expect(printout(layoutFor(SALE, profile), profile)).toEqual({
      problems: [],
      cuts: 1,
      qrCodes: [{ content: 'https://shop.example/c/K7P-4MX', dotsPerModule: 6 }],
      lines: [
        { ...centred, text: 'Harbour Café', bold: true, width: 2, height: 2 },
        { ...centred, text: '1 Quay Street' },
        { ...centred, text: 'VAT no. GB 123 4567 89' },
        { ...centred, text: '' },
        { ...plain, text: 'Receipt 2-000417          25/11/2026 14:05' },
        { ...plain, text: 'Till 2                      Served by Mese' },
        rule,
        { ...plain, text: 'Flat white                            6.40' },
        { ...plain, text: '  2 × 3.20' },
        { ...plain, text: 'Almond croissant with raspberry jam' },
        { ...plain, text: 'and icing sugar                       3.95' },
        { ...plain, text: 'Coffee beans, Çanakkale roast         9.80' },
        { ...plain, text: '  0.350 kg × 28.00' },
        { ...plain, text: 'Free coffee                          -3.20' },
        rule,
        { ...plain, text: 'TOTAL                               £16.95', bold: true, height: 2 },
        { ...plain, text: 'VAT 20% on 14.13                      2.82' },
        rule,
        { ...plain, text: 'Member                              Zoë L.' },
        { ...plain, text: 'Points', bold: true },
        { ...plain, text: 'Earned                                  17' },
        { ...plain, text: 'Spent                                  -50' },
        { ...plain, text: 'Balance                              1,230' },
        { ...plain, text: 'as of 24/11/2026 21:30', align: 'right' },
        { ...plain, text: 'Cashback', bold: true },
        { ...plain, text: 'Earned                               £0.34' },
        { ...plain, text: 'Balance                              £5.12' },
        rule,
        { ...centred, text: 'Collect your points with this code' },
        { ...centred, text: 'K7P-4MX', bold: true, height: 2 },
        { ...centred, text: '' },
        rule,
        { ...centred, text: 'Thank you, see you soon!' },
      ],
    });
  });

  it.each(profiles)('prints every kind without a problem, and what the screen shows: $name', (profile) => {
    for (const receipt of [SALE, GERMAN_SALE, VOID, TEST_PRINT]) {
      const layout = layoutFor(receipt, profile);
      const printed = printout(layout, profile);
      expect({ problems: printed.problems, cuts: printed.cuts }).toEqual({
        problems: [],
        cuts: profile.cutter ? 1 : 0,
      });
      const shown = receiptAsText({ ...layout, elements: layout.elements.filter((element) => element.kind !== 'qr') });
      expect(printed.lines.map((line) => asText(line, profile.columns)).filter((line) => line.trim() !== '')).toEqual(
        shown.filter((line) => line.trim() !== ''),
      );
    }
  });

  it('begins as every job must: initialise, cancel Kanji, choose the page', () => {
    const profile = PRINTER_PROFILES['epson-80'];
    const bytes = receiptBytes({ columns: 48, elements: [{ kind: 'cut' }] }, profile);
    expect(Buffer.from(bytes).toString('hex')).toBe('1b401c2e1b74131d564203');
  });

  it('keeps two receipts apart although escpos hands out one live buffer', () => {
    const profile = PRINTER_PROFILES['epson-80'];
    const first = receiptBytes(layoutFor(SALE, profile), profile);
    const copy = Uint8Array.from(first);
    receiptBytes(layoutFor(GERMAN_SALE, profile), profile);
    expect(first).toEqual(copy);
  });

  it('wraps a layout that was made for other paper', () => {
    const profile = PRINTER_PROFILES['generic-58'];
    expect(printout(layoutReceipt(SALE, { columns: 48 }), profile).problems).toEqual([]);
  });

  it('has no problem with any text', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    );
    fc.assert(
      fc.property(wild, wild, fc.constantFrom(...profiles), (one, two, profile) => {
        const receipt = {
          ...SALE,
          store: { name: one, header: [two] },
          lines: [{ name: two, quantity: one, unitPriceMinor: 1, amountMinor: 1 }],
          footer: [one],
          qr: two.replaceAll(/\p{Cs}/gu, 'x'),
        };
        const printed = printout(layoutFor(receipt, profile), profile);
        expect(printed.problems).toEqual([]);
        expect(printed.qrCodes.map((code) => code.content)).toEqual([receipt.qr]);
      }),
    );
  });
});
