import { assert } from '../../base/assert.ts';
import { cleanText, spread, wrap } from './columns.ts';
import { receiptFormatter, walletFormatter, type ReceiptFormatter } from './format.ts';
import {
  LAYOUT_COLUMNS_MAX,
  LAYOUT_COLUMNS_MIN,
  columnsOf,
  type LayoutElement,
  type LayoutText,
  type ReceiptLayout,
} from './receipt-layout.ts';
import type {
  LocalTimeText,
  Receipt,
  ReceiptLine,
  ReceiptMember,
  ReceiptWallet,
  RefundReceipt,
  SaleReceipt,
  VoidReceipt,
} from './receipt.ts';
import { receiptWords, type ReceiptWords } from './words.ts';

/** The only place that decides what stands where on paper. Pure: the same receipt gives the same layout for ever. */
export type LayoutOptions = {
  /** Characters of normal size across the paper: 32, 42, 44 or 48 on the printers that we know. */
  readonly columns: number;
  /**
   * Replaces what the printer's code page lacks, before anything is measured, so that `€` turned into `EUR` still fits its
   * column. Left out, the text stays as it is.
   */
  readonly printable?: (text: string) => string;
};

type Style = Partial<Pick<LayoutText, 'align' | 'bold' | 'size' | 'underline'>>;

type Page = {
  readonly elements: LayoutElement[];
  readonly words: ReceiptWords;
  readonly columns: number;
  /** One paragraph, wrapped. */
  text(content: string, style?: Style): void;
  /** The same, set in from the left. */
  detail(content: string): void;
  /** Left and right on one line. */
  row(left: string, right: string, style?: Style): void;
  rule(): void;
};

export function layoutReceipt(receipt: Receipt, options: LayoutOptions): ReceiptLayout {
  const { columns } = options;
  assert(columns >= LAYOUT_COLUMNS_MIN && columns <= LAYOUT_COLUMNS_MAX, `no receipt is ${columns} columns wide`);
  const page = newPage(receiptWords(receipt.locale), options);
  layHead(page, receipt);
  switch (receipt.kind) {
    case 'sale':
      laySale(page, receipt);
      break;
    case 'void':
      layVoid(page, receipt);
      break;
    case 'refund':
      layRefund(page, receipt);
      break;
    case 'test':
      layTest(page, receipt.printer);
      break;
    default:
      receipt satisfies never;
  }
  layFooter(page, receipt.footer);
  return { columns, elements: page.elements };
}

function newPage(words: ReceiptWords, { columns, printable }: LayoutOptions): Page {
  const elements: LayoutElement[] = [];
  const clean = (content: string) => (printable === undefined ? cleanText(content) : printable(cleanText(content)));
  const push = (lines: readonly string[], { align, bold, size, underline }: Style) => {
    for (const text of lines) {
      elements.push({
        kind: 'text',
        text,
        align: align ?? 'left',
        bold: bold ?? false,
        size: size ?? 'normal',
        underline: underline ?? false,
      });
    }
  };
  return {
    elements,
    words,
    columns,
    text: (content, style = {}) => push(wrap(clean(content), columnsOf(style.size ?? 'normal', columns)), style),
    detail: (content) =>
      push(
        wrap(clean(content), columns - 2).map((line) => `  ${line}`),
        {},
      ),
    row: (left, right, style = {}) =>
      push(spread(clean(left), clean(right), columnsOf(style.size ?? 'normal', columns)), style),
    rule: () => elements.push({ kind: 'rule' }),
  };
}

function layHead(page: Page, receipt: Receipt): void {
  page.text(receipt.store.name, { align: 'center', bold: true, size: 'double' });
  for (const line of receipt.store.header) page.text(line, { align: 'center' });
  page.elements.push({ kind: 'feed', lines: 1 });
  if (receipt.copy !== undefined) {
    page.text(`*** ${page.words.copy} ${when(receipt.copy)} ***`, { align: 'center', bold: true, size: 'tall' });
  }
  page.row(receipt.kind === 'test' ? '' : `${page.words.receipt} ${receipt.number}`, when(receipt.issued));
  const operator = receipt.operator === undefined ? '' : `${page.words.servedBy} ${receipt.operator}`;
  page.row(receipt.till, operator);
  page.rule();
}

function laySale(page: Page, receipt: SaleReceipt): void {
  const format = receiptFormatter(receipt.locale, receipt.money);
  for (const line of receipt.lines) layLine(page, line, format);
  for (const discount of receipt.discounts) page.row(discount.name, format.amount(-discount.amountMinor));
  if (receipt.lines.length + receipt.discounts.length > 0) page.rule();
  page.row(page.words.total, format.money(receipt.totalMinor), { bold: true, size: 'tall' });
  for (const tax of receipt.taxes) {
    page.row(page.words.taxOn(tax.label, format.amount(tax.netMinor)), format.amount(tax.taxMinor));
  }
  if (receipt.member !== undefined) layMember(page, receipt.locale, receipt.member);
  for (const voucher of receipt.vouchers ?? []) {
    layCode(page, voucher.name, voucher.code);
    page.text(`${page.words.validUntil} ${voucher.lastDay}`, { align: 'center' });
  }
  if (receipt.claimCode !== undefined) layCode(page, page.words.claim, receipt.claimCode);
  if (receipt.qr !== undefined) page.elements.push({ kind: 'qr', content: receipt.qr });
}

function layCode(page: Page, title: string, code: string): void {
  page.rule();
  page.text(title, { align: 'center' });
  page.text(code, { align: 'center', bold: true, size: 'tall' });
}

function layLine(page: Page, line: ReceiptLine, format: ReceiptFormatter): void {
  page.row(line.name, format.amount(line.amountMinor));
  if (line.quantity !== '1') page.detail(`${line.quantity} × ${format.amount(line.unitPriceMinor)}`);
}

function layMember(page: Page, locale: string, member: ReceiptMember): void {
  page.rule();
  page.row(page.words.member, member.displayName);
  if (member.level !== undefined) layLevel(page, member.level);
  for (const badge of member.badges ?? []) page.row(page.words.badge, badge);
  for (const wallet of member.wallets) layWallet(page, locale, wallet);
}

function layLevel(page: Page, { name, lastDay }: NonNullable<ReceiptMember['level']>): void {
  page.row(page.words.level, name);
  if (lastDay !== undefined) page.text(`${page.words.until} ${lastDay}`, { align: 'right' });
}

function layWallet(page: Page, locale: string, wallet: ReceiptWallet): void {
  const format = walletFormatter(locale, wallet);
  page.text(wallet.label, { bold: true });
  if (wallet.earned !== 0) page.row(page.words.earned, format(wallet.earned));
  if (wallet.spent !== 0) page.row(page.words.spent, format(-wallet.spent));
  page.row(page.words.balance, format(wallet.balance));
  if (wallet.ending !== undefined) {
    page.row(`${page.words.ending} ${wallet.ending.lastDay}`, format(wallet.ending.amount));
  }
  if (wallet.asOf !== undefined) page.text(`${page.words.asOf} ${when(wallet.asOf)}`, { align: 'right' });
}

function layVoid(page: Page, receipt: VoidReceipt): void {
  const format = receiptFormatter(receipt.locale, receipt.money);
  page.text(page.words.voided, { align: 'center', bold: true, size: 'double' });
  page.row(page.words.voids, receipt.voidedNumber);
  if (receipt.reason !== undefined) page.row(page.words.reason, receipt.reason);
  page.row(page.words.total, format.money(receipt.totalMinor), { bold: true, size: 'tall' });
  if (receipt.member !== undefined) layMember(page, receipt.locale, receipt.member);
}

function layRefund(page: Page, receipt: RefundReceipt): void {
  const format = receiptFormatter(receipt.locale, receipt.money);
  page.text(page.words.refunded, { align: 'center', bold: true, size: 'double' });
  page.row(page.words.refunds, receipt.refundedNumber);
  for (const line of receipt.lines) {
    page.row(line.name, format.amount(-line.amountMinor));
    if (line.quantity !== '1') page.detail(line.quantity);
  }
  page.rule();
  page.row(page.words.total, format.money(receipt.totalMinor), { bold: true, size: 'tall' });
  if (receipt.member !== undefined) layMember(page, receipt.locale, receipt.member);
}

function layTest(page: Page, printer: string): void {
  page.text(page.words.test, { align: 'center', bold: true, size: 'double' });
  page.row(page.words.printer, printer);
  // A ruler as wide as the paper: where it breaks, the profile's columns are wrong.
  page.text('1234567890'.repeat(7).slice(0, page.columns));
  page.text('€ £ ÄÖÜäöüß éèêçñ İıŞşĞğ ŁłŐő', { bold: true });
  page.text('Aa Bb 0123', { underline: true });
  page.elements.push({ kind: 'qr', content: 'LOYALTILL TEST' });
}

function layFooter(page: Page, footer: readonly string[]): void {
  if (footer.length > 0) page.rule();
  for (const line of footer) page.text(line, { align: 'center' });
  page.elements.push({ kind: 'cut' });
}

function when(time: LocalTimeText): string {
  return `${time.date} ${time.time}`;
}
