import { describe, expect, it } from 'vitest';
import { makePrinter, printerConfigSchema } from './printer-config.ts';

describe('printer configuration', () => {
  it('fills in what a shop need not know', () => {
    expect(printerConfigSchema.parse({ kind: 'tcp', id: 'counter', host: '192.0.2.7' })).toEqual({
      kind: 'tcp',
      id: 'counter',
      profile: 'generic-80',
      host: '192.0.2.7',
      port: 9100,
      connectTimeoutMs: 3_000,
      stallTimeoutMs: 10_000,
      lingerMs: 3_000,
    });
  });

  it.each([
    { kind: 'tcp', id: 'a', host: 'printer' },
    { kind: 'file', id: 'b', path: '/dev/usb/lp0' },
    { kind: 'virtual', id: 'c' },
  ])('chooses the driver by kind: $kind', (document) => {
    const { id, kind } = makePrinter(printerConfigSchema.parse(document));
    expect({ id, kind }).toEqual({ id: document.id, kind: document.kind });
  });

  it.each([
    ['a port out of range', { kind: 'tcp', id: 'a', host: 'x', port: 70_000 }, 'port'],
    ['an unknown profile', { kind: 'virtual', id: 'a', profile: 'laser' }, 'profile'],
    ['an unknown kind', { kind: 'fax', id: 'a' }, 'kind'],
    ['a path with a NUL', { kind: 'file', id: 'a', path: '/tmp/\0' }, 'path'],
  ])('names the wrong field: %s', (_, document, path) => {
    const parsed = printerConfigSchema.safeParse(document);
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});
