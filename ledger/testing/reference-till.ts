/** A till as small as it gets: it keeps states by the fold and writes what the engine of loyalty/ says. Only tests import this. */
import type { BusinessDate } from '../../base/business-date.ts';
import type { HashHex, MemberId, SaleId, StoreId, TillId } from '../../base/ids.ts';
import type { Programme } from '../../loyalty/programme/programme.ts';
import type { RefundRequest } from '../../loyalty/refunds/request.ts';
import type { Redeem, SaleLine } from '../../loyalty/sale/request.ts';
import type { Bodies } from '../bodies/table.ts';
import type { Entry, EntryKind } from '../entry.ts';
import { applyEntry, foldEntries } from '../fold/apply.ts';
import { type MemberState, NEW_MEMBER_STATE } from '../member-state.ts';
import { byOrder } from '../order.ts';
import { applyToSale, saleIn, type SaleState } from '../sale-state.ts';
import type { Terms } from '../terms.ts';
import { testTill } from './books.ts';
import { attachBody, type Knowledge, refundBody, saleBody } from './reference-bodies.ts';

export type ReferenceTill = ReturnType<typeof referenceTill>;

export type SaleWish = {
  readonly date: BusinessDate;
  readonly member: MemberId | null;
  readonly lines: readonly SaleLine[];
  readonly redeem?: readonly Redeem[];
  /** An unclaimed account is opened for the sale. */
  readonly claim?: HashHex | null;
};

export type Shop = {
  readonly programme: Programme;
  readonly terms: Terms;
  readonly store: StoreId;
  readonly wall: () => number;
};

export function referenceTill(name: string, shop: Shop) {
  const till = testTill(name, shop.wall);
  const entries = new Map<string, Entry>();
  const book = openBook(shop.terms);
  const knowledge: Knowledge = { ...shop, ...book };
  let written = 0;

  const write = <Kind extends EntryKind>(
    kind: Kind,
    body: Bodies[Kind],
    facts: { date: BusinessDate; member: MemberId | null },
  ): Entry => {
    const own = { ...till.entry(kind, body, facts), store: shop.store } as Entry; // kind and body belong together
    entries.set(own.id, own);
    book.take(own);
    return own;
  };

  return {
    ...book,
    name: name as TillId, // a name of the tests
    write,
    entries: (): Entry[] => [...entries.values()],
    /** What other tills have written, in the total order with what is known here. */
    learn: (others: readonly Entry[]): void => {
      for (const entry of others) entries.set(entry.id, entry);
      book.refold([...entries.values()].toSorted(byOrder));
    },
    /** Undefined where the engine refuses; so below. */
    sale(wish: SaleWish): Entry | undefined {
      written += 1;
      const body = saleBody(knowledge, `${name}-sale-${written}` as SaleId, wish); // a name of the tests
      return body && write('sale', body, wish);
    },
    refund(sale: SaleId, request: RefundRequest, date: BusinessDate): Entry | undefined {
      const made = refundBody(knowledge, sale, request, date, 'refund');
      return made && write('refund', made.body, { date, member: made.member });
    },
    void(sale: SaleId): Entry | undefined {
      const date = book.saleOf(sale)?.record.date;
      const made = date && refundBody(knowledge, sale, { all: true }, date, 'void');
      return made && write('void', made.body, { date, member: made.member });
    },
    attach(sale: SaleId, member: MemberId): Entry | undefined {
      const body = attachBody(knowledge, sale, member);
      return body && write('attach', body.attach, { date: body.date, member });
    },
  };
}

/** States and sales by the fold. */
function openBook(terms: Terms) {
  let states = new Map<MemberId, MemberState>();
  const sales = new Map<SaleId, SaleState>();
  const takeSale = (entry: Entry): void => {
    const sale = saleIn(entry);
    const next = sale === null ? undefined : applyToSale(sales.get(sale), entry);
    if (next !== undefined) sales.set(next.sale, next);
  };
  const owner = (account: MemberId): MemberId => {
    const into = states.get(account)?.into;
    return into === null || into === undefined ? account : owner(into);
  };
  return {
    states: (): ReadonlyMap<MemberId, MemberState> => states,
    sales: (): ReadonlyMap<SaleId, SaleState> => sales,
    saleOf: (sale: SaleId): SaleState | undefined => sales.get(sale),
    owner,
    stateOf: (member: MemberId): MemberState => states.get(owner(member)) ?? NEW_MEMBER_STATE,
    take: (entry: Entry): void => {
      for (const [account, state] of applyEntry(states, entry, terms)) states.set(account, state);
      takeSale(entry);
    },
    refold: (entries: readonly Entry[]): void => {
      states = new Map(foldEntries(new Map<MemberId, MemberState>(), entries, terms));
      sales.clear();
      for (const entry of entries) takeSale(entry);
    },
  };
}
