import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { PrintResult } from './printer.ts';
import { tcpPrinterConfigSchema } from './printer-config.ts';
import { tcpPrinter } from './tcp-printer.ts';

const servers: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

/** A printer of this machine's own, on a free port. */
async function printerThat(behave: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    behave(socket);
  });
  servers.push({ server, sockets });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // it listens on TCP
}

function printerAt(
  port: number,
  times: { connectTimeoutMs?: number; stallTimeoutMs?: number; lingerMs?: number } = {},
) {
  return tcpPrinter(tcpPrinterConfigSchema.parse({ kind: 'tcp', id: 'counter', host: '127.0.0.1', port, ...times }));
}

/** As long as a busy machine may need; it waits only where something is wrong. */
const eventually = <Value>(look: () => Value) => expect.poll(look, { timeout: 20_000 });

const verdict = (result: PrintResult) =>
  result.ok ? result.value : { code: result.error.code, mayHavePrinted: result.error.mayHavePrinted };

/** More than the buffers of both ends hold, so that a printer that does not read is noticed. */
const HUGE = Buffer.alloc(12 * 1024 * 1024, 0x41);
/** Listens with the shortest queue there is, and never accepts anyone. */
const SILENT_PRINTER = `
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:worker_threads').parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
const JOB = Buffer.from('1b40410a', 'hex');

describe('TCP printer', () => {
  it('sends every byte, half-closes and waits for the printer to finish', async () => {
    const received: Buffer[] = [];
    const port = await printerThat((socket) => {
      socket.on('data', (bytes) => received.push(bytes));
      socket.on('end', () => socket.end());
      socket.resume();
    });
    const printer = printerAt(port);
    expect(printer.state()).toEqual({ condition: 'idle' });
    expect(verdict(await printer.print(JOB))).toBe('sent');
    expect(Buffer.concat(received)).toEqual(JOB);
    expect(printer.state()).toEqual({ condition: 'ready' });
  });

  it('reads what the printer says, however much, so that nothing is lost to a reset', async () => {
    const failed: Error[] = [];
    let received = 0;
    let closed = false;
    const port = await printerThat((socket) => {
      socket.on('error', (error) => failed.push(error));
      socket.on('close', () => (closed = true));
      socket.on('data', (bytes) => (received += bytes.length));
      socket.on('end', () => socket.end(HUGE));
      socket.resume();
    });
    expect(verdict(await printerAt(port, { lingerMs: 10_000 }).print(JOB))).toBe('sent');
    await eventually(() => closed).toBe(true);
    expect({ received, failed }).toEqual({ received: JOB.length, failed: [] });
  });

  it('does not wait long for a printer that never closes its side', async () => {
    const received: Buffer[] = [];
    const port = await printerThat((socket) => {
      socket.on('data', (bytes) => received.push(bytes));
      socket.resume();
    });
    expect(verdict(await printerAt(port, { lingerMs: 50 }).print(JOB))).toBe('sent');
    await eventually(() => Buffer.concat(received).toString('hex')).toBe(JOB.toString('hex'));
  });

  it('prints a long receipt on a printer that closes its own side at once', async () => {
    let received = 0;
    const port = await printerThat((socket) => {
      socket.end();
      socket.on('data', (bytes) => (received += bytes.length));
      socket.resume();
    });
    expect(verdict(await printerAt(port).print(HUGE))).toBe('sent');
    await eventually(() => received).toBe(HUGE.length);
  });

  it('says that nothing was sent where the connection is refused', async () => {
    const port = await printerThat(() => undefined);
    const [entry] = servers.splice(0);
    entry?.server.close();
    const printer = printerAt(port);
    const result = await printer.print(JOB);
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'printer-unreachable',
        message: `The printer at 127.0.0.1:${port} refuses connections: another till may be printing, or its network printing is off.`,
        mayHavePrinted: false,
      },
    });
    expect(printer.state()).toEqual({ condition: 'trouble', refusal: result.ok ? undefined : result.error });
  });

  it('does not wait for ever for a printer that never answers', async () => {
    const worker = new Worker(SILENT_PRINTER, { eval: true });
    const [port] = await once(worker, 'message');
    // They fill its queue of waiting connections; from then on the system drops every attempt.
    const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    await once(fillers[0] ?? worker, 'connect');
    await eventually(() => fillers.filter((filler) => !filler.connecting).length).toBeGreaterThan(1);
    const result = await printerAt(port, { connectTimeoutMs: 200 }).print(JOB);
    expect(result).toEqual({
      ok: false,
      error: {
        code: 'printer-unreachable',
        message: `The printer at 127.0.0.1:${port} did not answer within 0.2 s: check that it is on and connected.`,
        mayHavePrinted: false,
      },
    });
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  });

  it('gives up on a printer that stops reading, which may have printed', async () => {
    const port = await printerThat(() => undefined);
    expect(verdict(await printerAt(port, { stallTimeoutMs: 200 }).print(HUGE))).toEqual({
      code: 'printer-timeout',
      mayHavePrinted: true,
    });
  });

  it('notices a reset while it sends, which may have printed', async () => {
    const port = await printerThat((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
      socket.resume();
    });
    expect(verdict(await printerAt(port).print(HUGE))).toEqual({ code: 'printer-io', mayHavePrinted: true });
  });

  it('notices a reset that comes after the last byte', async () => {
    const port = await printerThat((socket) => {
      socket.once('end', () => socket.resetAndDestroy());
      socket.resume();
    });
    expect(verdict(await printerAt(port).print(JOB))).toEqual({ code: 'printer-io', mayHavePrinted: true });
  });

  it('prints one job at a time, in order, each on its own connection', async () => {
    const jobs: string[] = [];
    let open = 0;
    let openMost = 0;
    const port = await printerThat((socket) => {
      open += 1;
      openMost = Math.max(openMost, open);
      let job = '';
      socket.on('data', (bytes) => (job += bytes.toString()));
      socket.on('end', () => {
        jobs.push(job);
        open -= 1;
        socket.end();
      });
      socket.resume();
    });
    const printer = printerAt(port);
    await Promise.all(['one', 'two', 'three'].map((job) => printer.print(Buffer.from(job))));
    expect({ jobs, openMost }).toEqual({ jobs: ['one', 'two', 'three'], openMost: 1 });
  });

  it('prints the next job after one that failed', async () => {
    let connections = 0;
    const port = await printerThat((socket) => {
      connections += 1;
      if (connections === 1) socket.once('data', () => socket.resetAndDestroy());
      else socket.on('end', () => socket.end());
      socket.resume();
    });
    const printer = printerAt(port);
    const results = await Promise.all([printer.print(HUGE), printer.print(JOB)]);
    expect(results.map(verdict)).toEqual([{ code: 'printer-io', mayHavePrinted: true }, 'sent']);
  });

  it('stops when it is cancelled: before, while waiting, and while sending', async () => {
    let reading = false;
    const port = await printerThat((socket) => {
      socket.once('data', () => {
        reading = true;
        socket.pause();
      });
      socket.resume();
    });
    const printer = printerAt(port);
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = printer.print(HUGE, running.signal);
    const second = printer.print(JOB, waiting.signal);
    await eventually(() => reading).toBe(true);
    waiting.abort();
    running.abort();
    expect([await first, await second, await printer.print(JOB, AbortSignal.abort())].map(verdict)).toEqual([
      { code: 'printer-cancelled', mayHavePrinted: true },
      { code: 'printer-cancelled', mayHavePrinted: false },
      { code: 'printer-cancelled', mayHavePrinted: false },
    ]);
  });
});
