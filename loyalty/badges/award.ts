import type { BusinessDate } from '../../base/business-date.ts';
import type { SaleId } from '../../base/ids.ts';

/** A badge that a member holds, and the sale that earned it. */
export type BadgeAward = { readonly badge: string; readonly sale: SaleId; readonly date: BusinessDate };
