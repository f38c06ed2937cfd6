/** The words that a receipt itself brings, by language of the store's locale; a language that is not here gets English. */
export type ReceiptWords = {
  readonly receipt: string;
  readonly servedBy: string;
  readonly total: string;
  readonly taxOn: (label: string, net: string) => string;
  readonly member: string;
  readonly earned: string;
  readonly spent: string;
  readonly balance: string;
  readonly asOf: string;
  readonly claim: string;
  readonly copy: string;
  readonly voided: string;
  readonly voids: string;
  readonly reason: string;
  readonly refunded: string;
  readonly refunds: string;
  readonly level: string;
  readonly badge: string;
  readonly until: string;
  readonly ending: string;
  readonly validUntil: string;
  readonly test: string;
  readonly printer: string;
};

const ENGLISH: ReceiptWords = {
  receipt: 'Receipt',
  servedBy: 'Served by',
  total: 'TOTAL',
  taxOn: (label, net) => `${label} on ${net}`,
  member: 'Member',
  earned: 'Earned',
  spent: 'Spent',
  balance: 'Balance',
  asOf: 'as of',
  claim: 'Collect your points with this code',
  copy: 'COPY',
  voided: 'VOID',
  voids: 'Voids receipt',
  reason: 'Reason',
  refunded: 'REFUND',
  refunds: 'Refund of receipt',
  level: 'Level',
  badge: 'New badge',
  until: 'until',
  ending: 'To be spent by',
  validUntil: 'Valid until',
  test: 'TEST PRINT',
  printer: 'Printer',
};

const GERMAN: ReceiptWords = {
  receipt: 'Beleg',
  servedBy: 'Es bediente Sie',
  total: 'SUMME',
  taxOn: (label, net) => `${label} auf ${net}`,
  member: 'Mitglied',
  earned: 'Gesammelt',
  spent: 'Eingelöst',
  balance: 'Guthaben',
  asOf: 'Stand',
  claim: 'Punkte sammeln mit diesem Code',
  copy: 'KOPIE',
  voided: 'STORNO',
  voids: 'Storniert Beleg',
  reason: 'Grund',
  refunded: 'RÜCKGABE',
  refunds: 'Rückgabe zu Beleg',
  level: 'Stufe',
  badge: 'Neues Abzeichen',
  until: 'bis',
  ending: 'Einzulösen bis',
  validUntil: 'Gültig bis',
  test: 'TESTDRUCK',
  printer: 'Drucker',
};

export function receiptWords(locale: string): ReceiptWords {
  return /^de(?:-|$)/i.test(locale) ? GERMAN : ENGLISH;
}
