/** Writes entries as tills do. Ids are names of the tests. */
import { epochMs, type BusinessDate } from '../../base/business-date.ts';
import type {
  EntryId,
  HashHex,
  IncarnationId,
  MemberId,
  OperatorId,
  OrgId,
  RewardId,
  RuleId,
  SaleId,
  StoreId,
  TillId,
  WalletId,
} from '../../base/ids.ts';
import { minor, points } from '../../base/numbers.ts';
import { NO_CONTEXT } from '../../loyalty/earning/context.ts';
import type { RecordedLine } from '../../loyalty/sale/record.ts';
import type { AdjustBody, CardBody, ClubBody } from '../bodies/account.ts';
import type { RefundBody } from '../bodies/refund.ts';
import type { SaleBody, SaleGift } from '../bodies/sale.ts';
import { type Bodies, ENTRY_KINDS } from '../bodies/table.ts';
import type { EntryKind, EntryOf } from '../entry.ts';
import { nextHlc, type Hlc } from '../hlc.ts';
import { postingsOf } from '../postings.ts';

export const MEMBER = 'ivy' as MemberId; // a name of the tests, like all below
export const OTHER = 'fern' as MemberId; // likewise
export const POINTS = 'points' as WalletId; // likewise
export const STAMPS = 'stamps' as WalletId; // likewise
export const RULE = 'rule' as RuleId; // likewise
export const REWARD = 'reward' as RewardId; // likewise
export const STORE = 'store' as StoreId; // likewise
export const PROG = 'a'.repeat(64) as HashHex; // likewise
export const MONDAY = '2026-03-02' as BusinessDate; // in its form

/** Units by wallet. */
export type Amounts = Readonly<Record<string, number>>;

export type SaleFacts = {
  readonly date?: BusinessDate;
  readonly sale?: string;
  readonly member?: MemberId | null;
  readonly earned?: Amounts;
  readonly spent?: Amounts;
  readonly uses?: readonly RewardId[];
  readonly gifts?: readonly SaleGift[];
  /** What each line costs; one unit each. */
  readonly lines?: readonly (Partial<RecordedLine> & { readonly paid: RecordedLine['paid'] })[];
  readonly claim?: HashHex;
};

export type RefundFacts = {
  readonly date?: BusinessDate;
  /** Units by wallet that come back. */
  readonly returned?: Amounts;
  readonly lost?: Amounts;
  /** By how much the balance falls; by default all that is lost. */
  readonly takenBack?: Amounts;
  readonly gifts?: RefundBody['gifts'];
  readonly lines?: RefundBody['lines'];
  readonly whole?: boolean;
};

export type Till = ReturnType<typeof testTill>;

export function testTill(name: string, wall: () => number = counter()) {
  let seq = 0;
  let hlc: Hlc | undefined;
  const entry = <Kind extends EntryKind>(
    kind: Kind,
    body: Bodies[Kind],
    { date = MONDAY, member = MEMBER }: { date?: BusinessDate | undefined; member?: MemberId | null | undefined } = {},
  ): EntryOf<Kind> => {
    seq += 1;
    const at = epochMs(wall());
    hlc = nextHlc(hlc, at);
    const made = {
      v: 1,
      org: 'org' as OrgId, // a name of the tests, like all below
      store: STORE,
      till: name as TillId, // likewise
      inc: `${name}-1` as IncarnationId, // likewise
      seq,
      id: `${name}-${seq}` as EntryId, // likewise
      kind,
      kv: ENTRY_KINDS[kind].kv,
      prog: PROG,
      member,
      postings: [],
      hlc,
      wall: at,
      boot: 'boot',
      mono: 0,
      bd: date,
      tz: 60,
      actor: { operator: 'op' as OperatorId, role: 'cashier' }, // likewise
      approver: null,
      receipt: null,
      refs: [],
      basis: null,
      body,
    } as unknown as EntryOf<Kind>; // kind and body belong together
    return { ...made, postings: postingsOf(made) };
  };
  return {
    entry,
    sale: (facts: SaleFacts = {}): EntryOf<'sale'> => entry('sale', saleBody(`${name}-sale-${seq + 1}`, facts), facts),
    refund: (sale: EntryOf<'sale'>, facts: RefundFacts = {}): EntryOf<'refund'> =>
      entry('refund', refundBody(sale, facts), { date: facts.date ?? sale.bd, member: sale.member }),
    /** All that the sale gave and took. */
    void: (sale: EntryOf<'sale'>): EntryOf<'void'> =>
      entry('void', wholeOf(sale), { date: sale.bd, member: sale.member }),
    adjust: (wallet: WalletId, amount: number, facts: Pick<SaleFacts, 'date' | 'member'> = {}): EntryOf<'adjust'> => {
      const body: AdjustBody = { wallet, amount: points(amount), reason: 'a reason' };
      return entry('adjust', body, facts);
    },
    club: (body: ClubBody, facts: Pick<SaleFacts, 'date' | 'member'> = {}): EntryOf<'club'> =>
      entry('club', body, facts),
    card: (body: CardBody): EntryOf<'card'> => entry('card', body),
  };
}

function saleBody(name: string, facts: SaleFacts): SaleBody {
  const { sale = name, earned = {}, spent = {}, uses = [], gifts = [], lines = [], claim = null } = facts;
  const recorded = lines.map(({ paid, ...rest }, index): RecordedLine => ({
    sku: `sku${index}`,
    category: null,
    tags: [],
    quantity: '1',
    unitPrice: paid,
    taxRate: null,
    list: paid,
    ...rest,
    paid,
  }));
  const due = minor(recorded.reduce((sum, { paid }) => sum + paid, 0));
  const free = { discount: minor(0), lines: [] } as const;
  return {
    sale: sale as SaleId, // a name of the tests
    reference: null,
    channel: 'store',
    minute: 600,
    lines: recorded,
    redeemed: [
      ...amountsOf(spent).map(({ wallet, amount }) => ({ reward: 'paid' as RewardId, wallet, cost: amount, ...free })), // likewise
      ...uses.map((reward) => ({ reward, wallet: null, cost: points(0), ...free })),
    ],
    earned: amountsOf(earned).map((gain) => ({ rule: RULE, ...gain })),
    context: NO_CONTEXT,
    list: due,
    discount: minor(0),
    due,
    gifts,
    vouchers: [],
    partner: null,
    claim,
  };
}

function refundBody({ body }: EntryOf<'sale'>, facts: RefundFacts): RefundBody {
  const { returned = {}, lost = {}, takenBack = lost, gifts = [], lines = [], whole = false } = facts;
  return {
    sale: body.sale,
    lines,
    money: minor(lines.reduce((sum, { money }) => sum + money, 0)),
    returned: amountsOf(returned).map(({ wallet, amount }) => ({
      redemption: body.redeemed.findIndex((redemption) => redemption.wallet === wallet),
      reward: 'paid' as RewardId, // a name of the tests
      wallet,
      amount,
    })),
    lost: amountsOf(lost).map(({ wallet, amount }) => ({
      earning: body.earned.findIndex((earning) => earning.wallet === wallet),
      rule: RULE,
      wallet,
      amount,
    })),
    takenBack: amountsOf(takenBack),
    gifts,
    whole,
  };
}

function wholeOf({ body }: EntryOf<'sale'>): RefundBody {
  return {
    sale: body.sale,
    lines: body.lines.map(({ quantity, paid }, line) => ({ line, quantity, freeUnits: 0, money: paid })),
    money: body.due,
    returned: body.redeemed.flatMap(({ reward, wallet, cost }, redemption) =>
      wallet === null || cost === 0 ? [] : [{ redemption, reward, wallet, amount: cost }],
    ),
    lost: body.earned.map((gain, earning) => ({ earning, ...gain })),
    takenBack: body.earned.map(({ wallet, amount }) => ({ wallet, amount })),
    gifts: body.gifts,
    whole: true,
  };
}

export function amountsOf(
  amounts: Amounts,
): { readonly wallet: WalletId; readonly amount: ReturnType<typeof points> }[] {
  return Object.entries(amounts).map(([wallet, amount]) => ({ wallet: wallet as WalletId, amount: points(amount) })); // a name of the tests
}

function counter(): () => number {
  let now = 1_000;
  return () => (now += 1_000);
}
