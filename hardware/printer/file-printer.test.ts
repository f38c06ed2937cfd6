import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filePrinter } from './file-printer.ts';
import type { PrintResult } from './printer.ts';

const folder = mkdtempSync(join(tmpdir(), 'loyaltill-file-printer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const printerAt = (path: string, stallTimeoutMs = 200) => filePrinter({ id: 'file', path, stallTimeoutMs });
const verdict = (result: PrintResult) =>
  result.ok ? result.value : { code: result.error.code, mayHavePrinted: result.error.mayHavePrinted };

function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

/** An empty pipe refuses to be read until something is in it. */
function firstByteOf(reader: FileHandle): Promise<void> {
  const read = () =>
    reader.read(Buffer.alloc(1), 0, 1).then(
      ({ bytesRead }) => bytesRead,
      () => 0,
    );
  return expect.poll(read, { timeout: 20_000 }).toBe(1);
}

describe('file printer', () => {
  it('makes a plain file and appends each job to it', async () => {
    const path = join(folder, 'receipts.bin');
    const printer = printerAt(path);
    const results = await Promise.all([printer.print(Buffer.from('one;')), printer.print(Buffer.from('two;'))]);
    expect(results.map(verdict)).toEqual(['sent', 'sent']);
    writeFileSync(path, 'mine;', { flag: 'a' });
    await printer.print(Buffer.alloc(10_000, 0x33));
    expect(readFileSync(path, 'utf8')).toBe(`one;two;mine;${'3'.repeat(10_000)}`);
  });

  it('says that a device is not there, and makes no file in its place', async () => {
    const path = '/dev/loyaltill-no-such-printer';
    expect(await printerAt(path).print(Buffer.from('x'))).toEqual({
      ok: false,
      error: {
        code: 'printer-unreachable',
        message: `The printer at ${path} is not there: check that it is on and plugged in.`,
        mayHavePrinted: false,
      },
    });
    expect(() => readFileSync(path)).toThrow('ENOENT');
  });

  it('does not hang on a pipe that nobody reads', async () => {
    expect(verdict(await printerAt(pipe('unread')).print(Buffer.from('x')))).toEqual({
      code: 'printer-unreachable',
      mayHavePrinted: false,
    });
  });

  it('gives up on a device that stops taking bytes, which may have printed', async () => {
    const path = pipe('stalled');
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const printer = printerAt(path);
    expect(verdict(await printer.print(Buffer.alloc(1_000_000)))).toEqual({
      code: 'printer-timeout',
      mayHavePrinted: true,
    });
    // The pipe is full now: not one byte of the next job gets in.
    expect(verdict(await printer.print(Buffer.alloc(100_000)))).toEqual({
      code: 'printer-timeout',
      mayHavePrinted: false,
    });
    await reader.close();
  });

  it('sends all of a job to a device that reads slowly', async () => {
    const path = pipe('slow');
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const job = Buffer.alloc(300_000, 0x41);
    const printed = printerAt(path, 5_000).print(job);
    const chunk = Buffer.alloc(16_384);
    let received = 0;
    while (received < job.length) {
      const bytesRead = await reader.read(chunk, 0, chunk.length).then(
        (read) => read.bytesRead,
        () => 0,
      );
      received += bytesRead;
      if (bytesRead === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect([verdict(await printed), received]).toEqual(['sent', job.length]);
    await reader.close();
  });

  it('notices a device that goes away', async () => {
    const path = pipe('unplugged');
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const printed = printerAt(path, 5_000).print(Buffer.alloc(1_000_000));
    await firstByteOf(reader);
    await reader.close();
    expect(verdict(await printed)).toEqual({ code: 'printer-io', mayHavePrinted: true });
  });

  it('stops when it is cancelled', async () => {
    const path = pipe('cancelled');
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stop = new AbortController();
    const printed = printerAt(path, 60_000).print(Buffer.alloc(1_000_000), stop.signal);
    await firstByteOf(reader);
    stop.abort();
    expect(verdict(await printed)).toEqual({ code: 'printer-cancelled', mayHavePrinted: true });
    await reader.close();
  });
});
