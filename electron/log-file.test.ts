import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'log-file-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the log file', () => {
  it('is made with its folder, for its user only, and echoes', () => {
    const file = path.join(folder, 'logs', 'engine.log');
    const echoed: string[] = [];
    openLogFile(file, (line) => echoed.push(line)).write('one\n');
    expect({ text: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777, echoed }).toEqual({
      text: 'one\n',
      mode: 0o600,
      echoed: ['one\n'],
    });
  });

  it('goes on where it was, and keeps one file before it', () => {
    const file = path.join(folder, 'engine.log');
    for (const line of ['1234\n', '5678\n', 'abcd\n', 'efgh\n', 'ijkl\n']) openLogFile(file, undefined, 10).write(line);
    expect(
      Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])),
    ).toEqual({
      'engine.log': 'ijkl\n',
      'engine.log.1': 'abcd\nefgh\n',
    });
  });

  it('costs lines, never the program, where it cannot be written', () => {
    writeFileSync(path.join(folder, 'logs'), 'a file where the folder should be');
    const echoed: string[] = [];
    openLogFile(path.join(folder, 'logs', 'engine.log'), (line) => echoed.push(line)).write('one\n');
    expect(echoed).toEqual(['one\n']);
  });
});
