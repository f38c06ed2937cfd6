/**
 * Keeps one engine process running. It owns the data; when it dies, however it dies, main starts another, which resumes from the ledger.
 * Nothing is kept here that would have to be restored.
 */
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { Log } from '../base/node/log.ts';
import type { Refusal } from '../base/result.ts';
import { fromEngineSchema, type OpenEngineOptions, type ToEngine } from './engine-messages.ts';
import { HEALTHY_AFTER_MS, restartDelayMs } from './restart-delay.ts';

const CLOSE_WAIT_MS = 5_000;

export type EngineSupervisor = {
  /** Hands a port to the engine. False where there is no open engine now: `onOpened` tells when. */
  connect(port: MessagePortMain): boolean;
  /** Ends the engine for good; kills it where it does not end by itself in 5 s. */
  close(): Promise<void>;
};

export type SuperviseOptions = {
  fork(): UtilityProcess;
  open: OpenEngineOptions;
  log: Log;
  /** Called at every start that succeeded. */
  onOpened(): void;
  /** The engine's own sentence on what does not work. Where it could not open, it is tried again. */
  onTrouble(refusal: Refusal): void;
};

export function superviseEngine(options: SuperviseOptions): EngineSupervisor {
  const { log } = options;
  let child: UtilityProcess | undefined;
  let opened = false;
  let closing = false;
  let deaths = 0;
  let restart: NodeJS.Timeout | undefined;
  let whenGone: (() => void) | undefined;

  const receive = (raw: unknown): void => {
    const message = fromEngineSchema.safeParse(raw);
    if (!message.success)
      return log.error({ issues: message.error.issues.length }, 'the engine process sent a message of the wrong shape');
    if (message.data.type === 'trouble')
      return options.onTrouble({ code: message.data.code, message: message.data.message });
    opened = true;
    log.info('engine open');
    options.onOpened();
  };

  const died = (code: number, startedAtMs: number): void => {
    child = undefined;
    opened = false;
    if (closing) return whenGone?.();
    deaths = performance.now() - startedAtMs > HEALTHY_AFTER_MS ? 1 : deaths + 1;
    const delayMs = restartDelayMs(deaths);
    log.error({ exitCode: code, deaths, delayMs }, 'the engine process died; it is started again');
    restart = setTimeout(start, delayMs);
  };

  function start(): void {
    const startedAtMs = performance.now();
    const started = options.fork();
    child = started;
    started.once('spawn', () => post(started, { type: 'open', options: options.open }));
    started.on('message', receive);
    started.once('exit', (code) => died(code, startedAtMs));
  }

  start();
  return {
    connect(port) {
      if (child === undefined || !opened) return false;
      post(child, { type: 'connect' }, [port]);
      return true;
    },
    close() {
      closing = true;
      clearTimeout(restart);
      const running = child;
      if (running === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const patience = setTimeout(() => running.kill(), CLOSE_WAIT_MS);
        whenGone = () => {
          clearTimeout(patience);
          resolve();
        };
        post(running, { type: 'close' });
      });
    },
  };
}

function post(child: UtilityProcess, message: ToEngine, ports: MessagePortMain[] = []): void {
  child.postMessage(message, ports);
}
