import { endOfSpan } from '../../../base/date-span.ts';
import type { WalletEnd } from './end.ts';

/** All lots from the latest earning, gift or redemption in the wallet. */
export const fromActivity: WalletEnd = { movesWithActivity: true, endFrom: endOfSpan };
