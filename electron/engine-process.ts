/**
 * The engine's own process, seen from inside: main says open, hands over ports, says close. Every port is one screen's connection. What
 * cannot be handled ends the process: main starts a new one, and the ledger says where things stand.
 */
import path from 'node:path';
import type { MessagePortMain, ParentPort } from 'electron';
import { createLog, type Log } from '../base/node/log.ts';
import { ok, refused, type Refusal, type Result } from '../base/result.ts';
import { lockDataFolder, type DataFolderLock } from '../till/hosts/data-folder-lock.ts';
import { serveConnection } from '../till/transport/connection.ts';
import type { EngineHandle } from '../till/transport/engine-handle.ts';
import { toEngineSchema, type FromEngine, type OpenEngineOptions } from './engine-messages.ts';
import { createKeySeal, type KeySeal } from './key-seal.ts';
import { openLogFile } from './log-file.ts';

export type OpenEngine = (options: {
  dataFolder: string;
  migrationsFolder: string;
  /** Absent where the system has no keyring. */
  keySeal?: KeySeal;
  config: Record<string, unknown>;
  log: Log;
}) => Result<EngineHandle, Refusal> | Promise<Result<EngineHandle, Refusal>>;

type Running = { engine: EngineHandle; lock: DataFolderLock; log: Log };

export function runEngineProcess(parent: ParentPort, openEngine: OpenEngine): void {
  let running: Promise<Running> | undefined;

  parent.on('message', (event) => {
    const message = toEngineSchema.parse(event.data); // main is ours: anything else is a bug, and ends the process
    switch (message.type) {
      case 'open':
        running ??= open(parent, message.options, openEngine);
        return;
      case 'connect':
        for (const port of event.ports) void running?.then((engine) => serve(port, engine));
        return;
      case 'close':
        void close(running);
        return;
      default:
        return message satisfies never;
    }
  });
}

async function open(parent: ParentPort, options: OpenEngineOptions, openEngine: OpenEngine): Promise<Running> {
  const { dataFolder } = options;
  const log = createLog(
    'engine',
    openLogFile(path.join(dataFolder, 'logs', 'engine.log'), (line) => process.stderr.write(line)),
  );
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a bug ended the engine process');
    process.exit(1);
  });
  const opened = await openLocked(options, openEngine, log);
  const message: FromEngine = opened.ok
    ? { type: 'opened' }
    : { type: 'refused', code: opened.error.code, message: opened.error.message };
  parent.postMessage(message);
  return opened.ok ? opened.value : exitSoon();
}

async function openLocked(
  options: OpenEngineOptions,
  openEngine: OpenEngine,
  log: Log,
): Promise<Result<Running, Refusal>> {
  const { dataFolder, migrationsFolder, sealingKey, config } = options;
  const locked = lockDataFolder(dataFolder);
  if (!locked.ok) return locked;
  const seal = sealingKey === null ? {} : { keySeal: createKeySeal(sealingKey) };
  try {
    const engine = await openEngine({ dataFolder, migrationsFolder, config, ...seal, log });
    return engine.ok ? ok({ engine: engine.value, lock: locked.value, log }) : engine;
  } catch (error) {
    log.fatal({ err: error }, 'the engine did not open');
    return refused('engine-error', error instanceof Error ? error.message : 'The till could not open its data.');
  }
}

function serve(port: MessagePortMain, { engine, log }: Running): void {
  const connection = serveConnection({ engine, log, send: (message) => port.postMessage(message) });
  port.on('message', (event) => connection.receive(event.data));
  port.on('close', () => connection.close());
  port.start();
}

async function close(running: Promise<Running> | undefined): Promise<never> {
  const open = await running;
  await open?.engine.close();
  open?.lock.release();
  process.exit(0);
}

/** Leaves the message to main time to go out; nothing else is open. */
function exitSoon(): Promise<never> {
  return new Promise(() => setTimeout(() => process.exit(1), 100));
}
