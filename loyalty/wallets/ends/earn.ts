import { endOfSpan } from '../../../base/date-span.ts';
import type { WalletEnd } from './end.ts';

/** Each lot from its own date. */
export const fromEarn: WalletEnd = { movesWithActivity: false, endFrom: endOfSpan };
