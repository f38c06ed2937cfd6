/** What electron-builder made: the fuses as they are in the program, and what travels in the archive. */
import vm from 'node:vm';
import { expect, test } from '@playwright/test';
import { ARCHIVE, builderRequire, electronUnderTest, PACKAGED_APP } from './electron-under-test.ts';

type Fuses = {
  FuseV1Options: Record<string, number>;
  getCurrentFuseWire(program: string): Promise<Record<number, number>>;
};
type Asar = {
  listPackage(archive: string, options: object): string[];
  extractFile(archive: string, file: string): Buffer;
};

const fuses = builderRequire()('@electron/fuses') as Fuses; // the part of it that is used
const { FuseState } = builderRequire()('@electron/fuses/dist/constants.js') as { FuseState: Record<string, number> }; // likewise
const asar = builderRequire()('@electron/asar') as Asar; // the part of it that is used

test('the fuses are set in the program itself', async () => {
  const wire = await fuses.getCurrentFuseWire(PACKAGED_APP);
  const isOn = (name: string): boolean => wire[fuses.FuseV1Options[name] ?? -1] === FuseState['ENABLE'];
  const names = [
    'RunAsNode',
    'EnableNodeOptionsEnvironmentVariable',
    'EnableCookieEncryption',
    'OnlyLoadAppFromAsar',
    'EnableEmbeddedAsarIntegrityValidation',
    'LoadBrowserProcessSpecificV8Snapshot',
  ];
  expect(Object.fromEntries(names.map((name) => [name, isOn(name)]))).toEqual({
    RunAsNode: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableCookieEncryption: true,
    OnlyLoadAppFromAsar: true,
    EnableEmbeddedAsarIntegrityValidation: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
  });
  // These two are of the test package only: the inspector for Playwright, and a fuse that this Electron has or has not.
  expect(isOn('EnableNodeCliInspectArguments')).toBe(true);
  if (electronUnderTest().needsTestRuntime)
    expect(wire[fuses.FuseV1Options['GrantFileProtocolExtraPrivileges'] ?? -1]).toBeUndefined();
});

test('the archive holds the bundles, the screen, the till’s migrations and one native module, and nothing else', () => {
  const files = asar.listPackage(ARCHIVE, {}).map((file) => file.replaceAll('\\', '/'));
  const expected = [
    /^\/(dist|migrations|node_modules)$/,
    /^\/dist\/electron(\/(main|preload|engine|ledger-check)\.cjs)?$/,
    /^\/dist\/till(\/|$)/,
    /^\/migrations\/till(\/|$)/,
    /^\/node_modules\/better-sqlite3(\/(package\.json|LICENSE|lib(\/.+\.js|\/methods)?|prebuilds(\/linux-x64\.node)?))?$/,
    /^\/package\.json$/,
  ];
  expect(files.filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([]);
  for (const file of [
    '/dist/electron/main.cjs',
    '/dist/till/index.html',
    '/migrations/till/ledger/0001_ledger.sql',
    '/package.json',
  ])
    expect(files).toContain(file);
});

test('the preload is one CommonJS file that loads nothing but Electron and exposes two names', () => {
  const source = asar.extractFile(ARCHIVE, 'dist/electron/preload.cjs').toString('utf8');
  const required: string[] = [];
  const exposed: Record<string, string[]> = {};
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: object) => (exposed[name] = Object.keys(api)) },
    ipcRenderer: { on: () => undefined, send: () => undefined },
  };
  vm.runInNewContext(`(function (require, exports, module, process) { ${source}\n})`)(
    (name: string) => {
      required.push(name);
      return electron;
    },
    {},
    {},
    { platform: 'linux' },
  );
  expect({ required, exposed, imports: /\bimport\s*[({"']/.test(source) }).toEqual({
    required: ['electron'],
    exposed: { loyaltill: ['platform', 'requestEnginePort'] },
    imports: false,
  });
});
