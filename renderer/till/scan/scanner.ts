/** The one door to the scanner's pure code: what a scan is, and what a card's number is, is decided in hardware/scanner for every host. */
// oxlint-disable-next-line no-restricted-imports -- pure, no driver: keys come from the page itself, so the page must run the detector
export { parseCardCode } from '../../../hardware/scanner/code.ts';
// oxlint-disable-next-line no-restricted-imports -- likewise
export { WEDGE_DEFAULTS, WEDGE_START, wedgeKey, wedgeTick, type WedgeStep } from '../../../hardware/scanner/wedge.ts';
