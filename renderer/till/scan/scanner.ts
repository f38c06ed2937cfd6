/** The one door to the scanner's pure code: what a scan is, and what a card's number is, is decided in hardware/scanner for every host. */
export { parseCardCode } from '../../../hardware/scanner/code.ts';
export { WEDGE_DEFAULTS, WEDGE_START, wedgeKey, wedgeTick, type WedgeStep } from '../../../hardware/scanner/wedge.ts';
