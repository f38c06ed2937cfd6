/**
 * The line between tills and head office: a Fetch whose requests and answers take virtual time, get lost, come twice, late and out of order.
 * What a till gave up waiting for arrives all the same.
 */
import type { Fetch } from '../../sync/client/http.ts';
import type { Answered, Asked } from './head-office.ts';
import { chance } from './virtual/random.ts';
import type { VirtualTime } from './virtual/time.ts';

export type Line = {
  /** The cable is in. */
  isIn(): boolean;
  /** Of a hundred requests so many have something happen to them. */
  trouble(): number;
  /** Of the till's process: an answer to one that is gone is heard by nobody. */
  readonly owner: unknown;
};

/** Of undisturbed requests, one way, ms. */
const WAY_MS_MIN = 5;
const WAY_MS_SPREAD = 40;
/** Longer than a till waits. */
const LATE_MS_SPREAD = 90_000;

export function simulatedFetch(
  time: VirtualTime,
  answer: (asked: Asked) => Promise<Answered | undefined>,
  line: Line,
): Fetch {
  const way = (): number => WAY_MS_MIN + chance() * WAY_MS_SPREAD;
  const go = (input: unknown, init: RequestInit = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!line.isIn()) return reject(withoutConnection());
      init.signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      const asked = askedOf(String(input), init);
      const fate = chance() * 100 < line.trouble() ? Math.floor(chance() * 5) : -1;
      const arrive = (heard: boolean) => async (): Promise<void> => {
        if (!line.isIn()) return;
        const answered = await answer(asked);
        if (heard && answered !== undefined)
          time.after(way(), () => void (line.isIn() && resolve(responseOf(answered, time.now()))), line.owner);
      };
      if (fate === 0) return; // lost on the way there
      const late = fate === 3 || fate === 4 ? chance() * LATE_MS_SPREAD : 0;
      time.after(way() + (fate === 3 ? late : 0), arrive(fate !== 1));
      if (fate === 2 || fate === 4) time.after(way() + late, arrive(false));
    });
  return go as unknown as Fetch; // what our client uses of it
}

function askedOf(address: string, { body, headers }: RequestInit): Asked {
  // Of our own making, so that it need not be read as any address of the world is.
  const [path = '', search = ''] = address.replace(/^https?:\/\/[^/]+/, '').split('?');
  const authorization = (headers as Record<string, string> | undefined)?.['authorization'] ?? '';
  return {
    path,
    query: search === '' ? {} : Object.fromEntries(new URLSearchParams(search)),
    body: typeof body === 'string' ? JSON.parse(body) : undefined,
    inc: issuerOf(authorization),
  };
}

function issuerOf(authorization: string): string {
  const claims = authorization.split('.')[1];
  if (claims === undefined) return '';
  return String((JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { iss?: unknown }).iss);
}

function responseOf({ status, text }: Answered, now: number): unknown {
  const body = (async function* () {
    yield Buffer.from(text, 'utf8');
  })();
  return { status, body, headers: { get: () => new Date(now).toUTCString() } };
}

function withoutConnection(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
}
