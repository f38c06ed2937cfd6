/**
 * The engine's own process, seen from inside: main says open, hands over ports, says close. Every port is one screen's connection. What
 * cannot be handled ends the process: main starts a new one, and the ledger says where things stand.
 */
import path from 'node:path';
import type { MessagePortMain, ParentPort } from 'electron';
import { createLog, type Log } from '../base/node/log.ts';
import { refused, type Refusal, type Result } from '../base/result.ts';
import { openTill, type RunningTill } from '../till/hosts/open-till.ts';
import { serveConnection } from '../till/transport/connection.ts';
import { toEngineSchema, type FromEngine, type OpenEngineOptions } from './engine-messages.ts';
import { createKeySeal } from './key-seal.ts';
import { openLogFile } from './log-file.ts';

type Running = { till: RunningTill; log: Log };

export function runEngineProcess(parent: ParentPort): void {
  let running: Promise<Running> | undefined;

  parent.on('message', (event) => {
    const message = toEngineSchema.parse(event.data); // main is ours: anything else is a bug, and ends the process
    switch (message.type) {
      case 'open':
        running ??= open(parent, message.options);
        return;
      case 'connect':
        for (const port of event.ports) void running?.then((open) => serve(port, open));
        return;
      case 'close':
        void close(running);
        return;
      default:
        return message satisfies never;
    }
  });
}

async function open(parent: ParentPort, options: OpenEngineOptions): Promise<Running> {
  const file = path.join(options.dataFolder, 'logs', 'engine.log');
  const log = createLog(
    'engine',
    openLogFile(file, (line) => process.stderr.write(line)),
  );
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a bug ended the engine process');
    process.exit(1);
  });
  const say = (message: FromEngine): void => parent.postMessage(message);
  const sayTrouble = ({ code, message }: Refusal): void => say({ type: 'trouble', code, message });
  const till = await openOrRefuse(options, log);
  if (!till.ok) {
    sayTrouble(till.error);
    return exitSoon();
  }
  if (!till.value.posApi.ok) sayTrouble(till.value.posApi.error);
  say({ type: 'opened' });
  return { till: till.value, log };
}

async function openOrRefuse(options: OpenEngineOptions, log: Log): Promise<Result<RunningTill, Refusal>> {
  const { sealingKey, ...rest } = options;
  const seal = sealingKey === null ? {} : { keySeal: createKeySeal(sealingKey) };
  try {
    return await openTill({ ...rest, ...seal, log });
  } catch (error) {
    log.fatal({ err: error }, 'the engine did not open');
    return refused('engine-error', error instanceof Error ? error.message : 'The till could not open its data.');
  }
}

function serve(port: MessagePortMain, { till, log }: Running): void {
  const connection = serveConnection({ engine: till.engine, log, send: (message) => port.postMessage(message) });
  port.on('message', (event) => connection.receive(event.data));
  port.on('close', () => connection.close());
  port.start();
}

async function close(running: Promise<Running> | undefined): Promise<never> {
  const open = await running;
  await open?.till.close();
  process.exit(0);
}

/** Leaves the message to main time to go out; nothing else is open. */
function exitSoon(): Promise<never> {
  return new Promise(() => setTimeout(() => process.exit(1), 100));
}
