/**
 * Head office's news. The browser reconnects by itself after a cut, but gives up for good when head office refuses the stream (no session,
 * too many listeners); then this tries again, more and more slowly, and asks its owner first whether there is still a session.
 */
import { CONSOLE_PATH, consoleEntrySchema, type ConsoleEntry } from '../../../sync/protocol/console.ts';

const RETRY_MS = 2_000;
const RETRY_MS_MAX = 30_000;

export type LiveEventHandlers = {
  readonly onEntry: (entry: ConsoleEntry) => void;
  /** A till was heard from. */
  readonly onTills: () => void;
  /** It listens, at the start or again: what came in between was missed. */
  readonly onOpen: () => void;
  readonly onLost: () => void;
  /** False: there is no session any more. */
  readonly mayRetry: () => Promise<boolean>;
};

export function followLiveEvents(handlers: LiveEventHandlers): void {
  let failures = 0;
  const open = (): void => {
    const source = new EventSource(`${CONSOLE_PATH}/events`);
    source.addEventListener('open', () => {
      failures = 0;
      handlers.onOpen();
    });
    source.addEventListener('entry', ({ data }: MessageEvent<unknown>) => {
      const entry = readEntry(data);
      if (entry !== undefined) handlers.onEntry(entry);
    });
    source.addEventListener('tills', () => handlers.onTills());
    source.addEventListener('error', () => {
      handlers.onLost();
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => void retry(), Math.min(RETRY_MS * 2 ** failures, RETRY_MS_MAX));
      failures += 1;
    });
  };
  const retry = async (): Promise<void> => {
    if (await handlers.mayRetry()) open();
  };
  open();
}

function readEntry(data: unknown): ConsoleEntry | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return consoleEntrySchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
