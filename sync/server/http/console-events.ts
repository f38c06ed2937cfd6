/** Live news for open consoles, as server-sent events: entries once they are folded, and that a till was heard from. */
import type { FastifyReply } from 'fastify';
import type { Log } from '../../../base/node/log.ts';
import type { CONSOLE_EVENTS } from '../../protocol/console.ts';
import { newEntries } from '../console/entries.ts';
import type { Database } from '../store/client.ts';
import { lastPosition } from '../store/counters.ts';

const STREAMS_MAX = 50;
/** Of a flood the newest only: a screen shows no more. */
const ENTRIES_PER_TICK_MAX = 100;
const QUIET_MS = 150;
const HEARTBEAT_MS = 20_000;

type EventName = (typeof CONSOLE_EVENTS)[number];

export type ConsoleEvents = {
  pushed(): void;
  folded(): void;
  /** Takes the reply over; false: too many are open. */
  open(reply: FastifyReply): boolean;
  close(): void;
};

export async function startConsoleEvents(database: Database, log: Log): Promise<ConsoleEvents> {
  const streams = new Set<FastifyReply['raw']>();
  let shown = await lastPosition(database, 'folded');
  const send = (text: string): void => {
    for (const stream of streams) stream.write(text);
  };
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
  const tills = afterQuiet(async () => send(eventText('tills', {})), log);
  const entries = afterQuiet(async () => {
    const upTo = await lastPosition(database, 'folded');
    const after = shown;
    shown = Math.max(shown, upTo);
    if (streams.size === 0 || upTo <= after) return;
    for (const entry of await newEntries(database, after, ENTRIES_PER_TICK_MAX)) {
      if (entry.position <= upTo) send(eventText('entry', entry));
    }
  }, log);
  return {
    pushed: tills.call,
    folded: entries.call,
    open: (reply) => {
      if (streams.size >= STREAMS_MAX) return false;
      takeOver(reply, streams);
      return true;
    },
    close: () => {
      clearInterval(heartbeat);
      tills.stop();
      entries.stop();
      for (const stream of streams) stream.end();
    },
  };
}

function takeOver(reply: FastifyReply, streams: Set<FastifyReply['raw']>): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  raw.write('retry: 2000\n\n');
  streams.add(raw);
  raw.on('close', () => streams.delete(raw));
  raw.on('error', () => streams.delete(raw));
}

function eventText(name: EventName, content: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(content)}\n\n`;
}

/** Many calls in a short time are one; calls during the work are one more. */
function afterQuiet(work: () => Promise<void>, log: Log): { call: () => void; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = (): void => {
    work()
      .catch((error: unknown) => log.warn({ err: error }, 'consoles missed some news'))
      .finally(() => {
        timer = undefined;
        if (again && !stopped) call();
      });
  };
  let again = false;
  const call = (): void => {
    again = timer !== undefined;
    if (again || stopped) return;
    timer = setTimeout(run, QUIET_MS);
  };
  return {
    call,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
