/**
 * A light till for many at once: a real identity, key and chain, and the real protocol, but no database. What it wrote and head office has
 * not confirmed it keeps and sends again, to another address where one fails; of the rest it keeps the last head.
 */
import { randomInt } from 'node:crypto';
import { present } from '../../base/assert.ts';
import { epochMs } from '../../base/business-date.ts';
import type { HashHex } from '../../base/ids.ts';
import { sha256 } from '../../base/node/hash.ts';
import { uuidv7 } from '../../base/node/uuid.ts';
import { headToSign, nextHead } from '../../ledger/chain.ts';
import { ENTRY_KINDS } from '../../ledger/bodies/table.ts';
import { nextHlc } from '../../ledger/hlc.ts';
import { TILL_TOKEN_VALID_SECONDS } from '../../sync/protocol/enrolment.ts';
import { feedPageSchema } from '../../sync/protocol/feed.ts';
import { FEED_PATH, PUSH_PATH } from '../../sync/protocol/paths.ts';
import { PUSH_BYTES_MAX, PUSH_ENTRIES_MAX, pushAnswerSchema, type PushRequest } from '../../sync/protocol/push.ts';
import { earning, saleBody, tokenOf, type TestTill } from '../../sync/server/testing/test-till.ts';
import type { Figures } from './figures.ts';

const TIMEOUT_MS = 30_000;
const POINTS_A_SALE = 3;

type Waiting = { readonly text: string; readonly priorHead: HashHex; readonly head: HashHex };

export type Confirmed = { readonly seq: number; readonly head: HashHex };

export type SimulatedTill = {
  readonly books: TestTill;
  /** Writes a sale of one of so many members. */
  sell(at: number, members: number): void;
  waiting(): number;
  /** The last of its entries that head office confirmed. */
  confirmed(): Confirmed;
  /** One batch; false: nobody took it. */
  push(addresses: readonly string[]): Promise<boolean>;
  /** One page from where it stands; how many rows, undefined where nobody answered. */
  pull(addresses: readonly string[]): Promise<number | undefined>;
};

export function simulatedTill(books: TestTill, figures: Figures): SimulatedTill {
  let waiting: Waiting[] = [];
  let confirmed: Confirmed = { seq: 0, head: books.genesis };
  let cursor: { readonly epoch: string; readonly after: number } | undefined;
  let token: { readonly text: string; readonly until: number } | undefined;

  const authorization = async (): Promise<string> => {
    const now = Date.now();
    if (token === undefined || token.until <= now)
      token = { text: await tokenOf(books, now), until: now + (TILL_TOKEN_VALID_SECONDS * 1_000) / 2 };
    return `Bearer ${token.text}`;
  };
  /** At one address after the other, from any on; undefined where none answers. */
  const ask = async (addresses: readonly string[], path: string, body?: string): Promise<string | undefined> => {
    const from = randomInt(addresses.length);
    for (let tried = 0; tried < addresses.length; tried += 1) {
      const address = present(addresses[(from + tried) % addresses.length], 'an address');
      const start = performance.now();
      try {
        const headers = { authorization: await authorization(), 'content-type': 'application/json' };
        const method = body === undefined ? {} : { method: 'POST', body };
        const response = await fetch(address + path, { ...method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
        const text = await response.text();
        if (response.status === 200) {
          figures.answered(body === undefined ? 'feed' : 'push', performance.now() - start, text.length);
          return text;
        }
        figures.failed(`${response.status}`);
      } catch (error) {
        figures.failed(error instanceof Error ? error.name : 'unknown');
      }
    }
    return undefined;
  };
  return {
    books,
    waiting: () => waiting.length,
    confirmed: () => confirmed,
    sell: (at, members) => {
      const last = waiting.at(-1);
      const seq = confirmed.seq + waiting.length + 1;
      const text = saleText(books, seq, at, `member-${randomInt(members)}`);
      const priorHead = last?.head ?? confirmed.head;
      waiting.push({ text, priorHead, head: nextHead(sha256, priorHead, text) });
    },
    push: async (addresses) => {
      const sent = firstOf(waiting);
      const answer = await ask(addresses, PUSH_PATH, JSON.stringify(batchOf(books, confirmed, sent, waiting.length)));
      if (answer === undefined) return false;
      const read = pushAnswerSchema.parse(JSON.parse(answer));
      if (read.status !== 'accepted') throw new Error(`a batch was not accepted: ${answer}`);
      const taken = read.receivedSeq - confirmed.seq;
      const head = waiting[taken - 1]?.head ?? confirmed.head;
      if (taken < 0 || head !== read.receivedHead) throw new Error('head office confirmed what was not sent');
      confirmed = { seq: read.receivedSeq, head };
      waiting = waiting.slice(taken);
      figures.accepted(taken);
      return true;
    },
    pull: async (addresses) => {
      const query = cursor === undefined ? 'after=0' : `after=${cursor.after}&epoch=${cursor.epoch}`;
      const answer = await ask(addresses, `${FEED_PATH}?${query}&limit=2000`);
      if (answer === undefined) return undefined;
      const { epoch, trailer } = feedPageSchema.pick({ epoch: true, trailer: true }).parse(JSON.parse(answer));
      cursor = { epoch, after: trailer.next };
      return trailer.complete ? 0 : trailer.count;
    },
  };
}

function firstOf(waiting: readonly Waiting[]): readonly Waiting[] {
  let bytes = 0;
  const end = waiting.findIndex(({ text }, index) => {
    bytes += Buffer.byteLength(text);
    return index >= PUSH_ENTRIES_MAX || (bytes > PUSH_BYTES_MAX && index > 0);
  });
  return end === -1 ? waiting : waiting.slice(0, end);
}

function batchOf(books: TestTill, confirmed: Confirmed, sent: readonly Waiting[], all: number): PushRequest {
  const toHead = sent.at(-1)?.head ?? confirmed.head;
  return {
    protocol: 1,
    till: books.identity.till.id,
    inc: books.identity.inc,
    fromSeq: confirmed.seq + 1,
    fromHead: confirmed.head,
    entries: sent.map(({ text }) => ({ text, signature: null })),
    toHead,
    signature: books.signer.sign(headToSign(toHead)),
    profiles: [],
    seen: { epoch: null, position: 0 },
    waiting: { entries: all - sent.length, oldest: null },
  };
}

function saleText(books: TestTill, seq: number, at: number, member: string): string {
  const { identity } = books;
  const hlc = nextHlc(books.hlc, epochMs(at));
  books.hlc = hlc;
  return JSON.stringify({
    v: 1,
    org: identity.org.id,
    store: identity.store.id,
    till: identity.till.id,
    inc: identity.inc,
    seq,
    id: uuidv7(at),
    kind: 'sale',
    kv: ENTRY_KINDS.sale.kv,
    prog: null,
    member,
    postings: earning(member, POINTS_A_SALE),
    hlc,
    wall: at,
    boot: 'simulated',
    mono: 0,
    bd: new Date(at).toISOString().slice(0, 10),
    tz: 0,
    actor: { operator: 'o1', role: 'cashier' },
    approver: null,
    receipt: null,
    refs: [],
    basis: null,
    body: saleBody(`${identity.inc}-${seq}`, POINTS_A_SALE),
  });
}
