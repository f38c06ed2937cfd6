import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf } from './columns.ts';
import { GERMAN_SALE, SALE, TEST_PRINT, VOID } from './testing/example-receipts.ts';
import { layoutReceipt } from './layout.ts';
import { receiptAsText } from './plain-text.ts';
import { asCopy, type Receipt, type SaleReceipt } from './receipt.ts';
import { columnsOf, receiptLayoutSchema, type ReceiptLayout } from './receipt-layout.ts';

function tooWide(layout: ReceiptLayout): string[] {
  return layout.elements.flatMap((element) =>
    element.kind === 'text' && cellsOf(element.text) > columnsOf(element.size, layout.columns) ? [element.text] : [],
  );
}

describe('receipt layout', () => {
  it('lays a sale out on 32 columns', () => {
    expect(receiptAsText(layoutReceipt(SALE, { columns: 32 }))).toEqual([
      '          Harbour Café',
      '         1 Quay Street',
      '     VAT no. GB 123 4567 89',
      '',
      'Receipt',
      '2-000417        25/11/2026 14:05',
      'Till 2            Served by Meşe',
      '--------------------------------',
      'Flat white                  6.40',
      '  2 × 3.20',
      'Almond croissant with',
      'raspberry jam and icing',
      'sugar                       3.95',
      'Coffee beans, Çanakkale',
      'roast                       9.80',
      '  0.350 kg × 28.00',
      'Free coffee                -3.20',
      '--------------------------------',
      'TOTAL                     £16.95',
      'VAT 20% on 14.13            2.82',
      '--------------------------------',
      'Member                    Zoë Ł.',
      'Points',
      'Earned                        17',
      'Spent                        -50',
      'Balance                    1,230',
      '          as of 24/11/2026 21:30',
      'Cashback',
      'Earned                     £0.34',
      'Balance                    £5.12',
      '--------------------------------',
      ' Collect your points with this',
      '              code',
      '            K7P-4MX',
      '              [QR]',
      ' https://shop.example/c/K7P-4MX',
      '--------------------------------',
      '    Thank you, see you soon!',
    ]);
  });

  it('writes numbers and words of a German store in German', () => {
    const { member: _, claimCode: __, qr: ___, ...plain } = GERMAN_SALE;
    expect(receiptAsText(layoutReceipt(plain, { columns: 42 }))).toEqual([
      '                Café Größe',
      '',
      'Beleg 2-000417            25.11.2026 14:05',
      'Kasse 2               Es bediente Sie Meşe',
      '------------------------------------------',
      'Milchkaffee                       1.234,50',
      '------------------------------------------',
      'SUMME                           1.234,50 €',
    ]);
  });

  it('says which receipt a void takes back', () => {
    expect(receiptAsText(layoutReceipt(VOID, { columns: 44 })).slice(5, 9)).toEqual([
      '                    VOID',
      'Voids receipt                       2-000417',
      'Reason                           Wrong table',
      'TOTAL                                -£16.95',
    ]);
  });

  it('marks a copy and leaves the rest as it was', () => {
    const first = receiptAsText(layoutReceipt(SALE, { columns: 48 }));
    const copy = receiptAsText(layoutReceipt(asCopy(SALE, { date: '26/11/2026', time: '09:00' }), { columns: 48 }));
    expect(copy.filter((line) => !first.includes(line))).toEqual(['         *** COPY 26/11/2026 09:00 ***']);
    expect(copy.filter((line) => !line.includes('COPY'))).toEqual(first);
  });

  it('ends in one cut, and is plain JSON', () => {
    for (const receipt of [SALE, VOID, TEST_PRINT] satisfies Receipt[]) {
      const layout = layoutReceipt(receipt, { columns: 42 });
      expect(layout.elements.filter((element) => element.kind === 'cut')).toHaveLength(1);
      expect(layout.elements.at(-1)).toEqual({ kind: 'cut' });
      expect(receiptLayoutSchema.parse(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
    }
  });

  it('measures what the printer can print, not what was asked for', () => {
    const layout = layoutReceipt(GERMAN_SALE, { columns: 32, printable: (text) => text.replaceAll('€', 'EUR') });
    expect(receiptAsText(layout)).toContain('SUMME               1.234,50 EUR');
  });

  it('has no line wider than the paper, whatever the texts', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
    );
    fc.assert(
      fc.property(
        wild,
        wild,
        fc.integer({ min: -1e15 + 1, max: 1e15 - 1 }),
        fc.constantFrom(32, 42, 44, 48),
        (one, two, amount, columns) => {
          const receipt: SaleReceipt = {
            ...SALE,
            store: { name: one, header: [two] },
            operator: two,
            lines: [{ name: one, quantity: two, unitPriceMinor: amount, amountMinor: amount }],
            discounts: [{ name: two, amountMinor: amount }],
            member: { displayName: one, wallets: [{ label: two, earned: amount, spent: 1, balance: amount }] },
            claimCode: two,
            footer: [one],
          };
          const layout = layoutReceipt(asCopy(receipt, { date: one, time: two }), { columns });
          expect(tooWide(layout)).toEqual([]);
          expect(receiptAsText(layout).filter((line) => cellsOf(line) > columns)).toEqual([]);
        },
      ),
    );
  });
});
