/**
 * What differs between printers, as data. Numbers of `ESC t` per family come from the public mapping of
 * @point-of-sale/receipt-printer-encoder 4.0.1; paper geometry from the makers' sheets (203 or 180 dots an inch).
 */
export type CodePage = {
  /** A name that iconv-lite knows. */
  readonly encoding: 'cp858' | 'windows1252';
  /** The n of `ESC t n`, which differs from maker to maker. */
  readonly number: number;
};

export type PrinterProfile = {
  readonly name: string;
  /** Characters of font A across the paper. */
  readonly columns: number;
  /** Dots across the printable width. */
  readonly dots: number;
  readonly page: CodePage;
  readonly cutter: boolean;
};

/** Both pages have €; neither has the Turkish letters, which are transliterated. */
export const PRINTER_PROFILES = {
  'epson-80': {
    name: 'Epson TM-T20, TM-m30 and alike, 80 mm',
    columns: 48,
    dots: 576,
    page: { encoding: 'cp858', number: 19 },
    cutter: true,
  },
  'epson-80-180dpi': {
    name: 'Epson TM-T88, TM-T70, Bixolon, 80 mm',
    columns: 42,
    dots: 512,
    page: { encoding: 'cp858', number: 19 },
    cutter: true,
  },
  'generic-80': {
    name: '80 mm printer that follows ESC/POS',
    columns: 48,
    dots: 576,
    page: { encoding: 'windows1252', number: 16 },
    cutter: true,
  },
  'generic-58': {
    name: '58 mm printer that follows ESC/POS, no cutter',
    columns: 32,
    dots: 384,
    page: { encoding: 'cp858', number: 19 },
    cutter: false,
  },
  'citizen-80': {
    name: 'Citizen, 80 mm',
    columns: 48,
    dots: 576,
    page: { encoding: 'cp858', number: 2 },
    cutter: true,
  },
  'hp-80': { name: 'HP A779, 80 mm', columns: 44, dots: 528, page: { encoding: 'cp858', number: 6 }, cutter: true },
} as const satisfies Readonly<Record<string, PrinterProfile>>;

export type PrinterProfileId = keyof typeof PRINTER_PROFILES;

export function printerProfile(id: PrinterProfileId): PrinterProfile {
  return PRINTER_PROFILES[id];
}
