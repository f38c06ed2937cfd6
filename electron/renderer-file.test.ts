import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppUrl } from './app-url.ts';
import { rendererFile } from './renderer-file.ts';

const FOLDER = path.join(path.sep, 'app', 'dist', 'till');

describe('the application’s address', () => {
  it.each(['till://app', 'till://app/', 'till://app/index.html', 'TILL://app/index.html#token', 'till://app/?q'])(
    'is %s',
    (address) => {
      expect(isAppUrl(address)).toBe(true);
    },
  );

  it.each([
    'till://other/',
    'till://app.example/',
    'till://app:1/',
    'till://user@app/',
    'till:app',
    'http://app/',
    'file:///app/index.html',
    'about:blank',
    'not an address',
    '',
  ])('is not %s', (address) => {
    expect(isAppUrl(address)).toBe(false);
  });
});

describe('the file of an address', () => {
  it.each([
    ['till://app/', 'index.html', 'text/html; charset=utf-8'],
    ['till://app/index.html?x#y', 'index.html', 'text/html; charset=utf-8'],
    ['till://app/assets/main-4f.js', 'assets/main-4f.js', 'text/javascript; charset=utf-8'],
    ['till://app/assets/caf%C3%A9.svg', 'assets/café.svg', 'image/svg+xml'],
    ['till://app/assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('of %s is %s', (address, file, contentType) => {
    expect(rendererFile(address, FOLDER)).toEqual({ file: path.join(FOLDER, file), contentType });
  });

  it.each([
    'till://app/..%2f..%2fpackage.json',
    'till://app/%2e%2e%2fmain.js',
    'till://app/assets/..%2f..%2f..%2fmain.js',
    'till://app/..%5cmain.js',
    'till://app/index.html%00.js',
    'till://app/%',
    'till://app/secret.pem',
    'till://app/assets',
    'till://other/index.html',
    'https://app/index.html',
  ])('is none for %s', (address) => {
    expect(rendererFile(address, FOLDER)).toBeUndefined();
  });

  it('is never outside the folder, however the path is spelled', () => {
    const piece = fc.constantFrom('..', '.', '/', '%2f', '%2e', '%5c', '\\', 'a', '%252f', '%00', '//', '.html');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = rendererFile(`till://app/${pieces.join('')}`, FOLDER);
        expect(found === undefined || found.file.startsWith(FOLDER + path.sep)).toBe(true);
      }),
    );
  });
});
