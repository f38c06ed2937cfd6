import type { SaleGift } from '../../ledger/bodies/sale.ts';
import type { Quote } from '../contract/shapes.ts';

/** Who the referrer is stays in the book. */
export function giftView(gift: SaleGift): Quote['gifts'][number] {
  const { reason, wallet, amount } = gift;
  return { reason, badge: gift.reason === 'badge' ? gift.badge : null, wallet, amount };
}
