/** Bytes that a QR code holds at error correction M, by version from 1 (ISO/IEC 18004, table 7); version v has 17 + 4v modules a side. */
const BYTES_BY_VERSION = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];
const QUIET_MODULES = 8;
const DOTS_PER_MODULE_MAX = 6;

/** The largest module, at most 6 dots (0.75 mm), at which the code with its quiet zone fits the paper; 1 where none does. */
export function qrDotsPerModule(content: string, paperDots: number): number {
  const bytes = Buffer.byteLength(content, 'utf8');
  const index = BYTES_BY_VERSION.findIndex((capacity) => capacity >= bytes);
  const version = index === -1 ? BYTES_BY_VERSION.length : index + 1;
  const modules = 17 + 4 * version + QUIET_MODULES;
  return Math.max(1, Math.min(DOTS_PER_MODULE_MAX, Math.floor(paperDots / modules)));
}
