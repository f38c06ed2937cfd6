import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTillConfig } from './till-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'till-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A second disk is for a shop to name. */
const SAFETY = { backup: { folder: null }, disk: { warn: 1024, extras: 500, ballast: 64, least: 32 } };

const write = (text: string): void => writeFileSync(path.join(folder, 'till.json'), text);

describe('till.json', () => {
  it('means the defaults where it is not there', () => {
    expect(readTillConfig(folder)).toEqual({
      ok: true,
      value: { ...SAFETY, engine: {}, posApi: { port: 4720 }, browser: { port: 4710 }, window: { kiosk: false } },
    });
  });

  it('hands the engine its part unread', () => {
    write('{"engine":{"countryCode":"43"},"browser":{"port":4800},"window":{"kiosk":true}}');
    expect(readTillConfig(folder)).toEqual({
      ok: true,
      value: {
        ...SAFETY,
        engine: { countryCode: '43' },
        posApi: { port: 4720 },
        browser: { port: 4800 },
        window: { kiosk: true },
      },
    });
  });

  it.each([
    ['{"window":{"kiosk":"yes"}}', 'window.kiosk'],
    ['{"windows":{}}', ''],
    ['{"disk":{"least":600}}', 'disk'],
    ['{"backup":{"folder":""}}', 'backup.folder'],
    ['{', ''],
    ['null', ''],
  ])('is refused where it is wrong: %s', (text, field) => {
    write(text);
    expect(readTillConfig(folder)).toEqual({
      ok: false,
      error: {
        code: 'invalid-config',
        message: expect.stringContaining(path.join(folder, 'till.json')) as string,
        path: field,
      }, // asymmetric matcher
    });
  });
});
