import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

type Configuration = Record<string, unknown> & { electronFuses: Record<string, boolean> };
type ConfigModule = { getConfig: (folder: string, file: string | null, options: null) => Promise<Configuration> };

const ROOT = path.resolve(import.meta.dirname, '..');
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
// electron-builder's own reader merges what a configuration extends.
const { getConfig } = builder('app-builder-lib/out/util/config/config.js') as ConfigModule; // the part that is used

const read = (file: string): Promise<Configuration> => getConfig(ROOT, path.join(ROOT, file), null);

describe('the package for tests', () => {
  it('differs from what users get in two fuses and in nothing else', async () => {
    const { electronFuses: users, ...restOfUsers } = await read('electron-builder.yml');
    const { electronFuses: tests, ...restOfTests } = await read('electron-builder.test.yml');
    expect(restOfTests).toEqual(restOfUsers);
    const { enableNodeCliInspectArguments: inspector, grantFileProtocolExtraPrivileges: file, ...common } = users;
    expect({ inspector, file }).toEqual({ inspector: false, file: false });
    expect(tests).toEqual({ ...common, enableNodeCliInspectArguments: true });
  });
});

describe('the package for users', () => {
  it('is what electron-builder finds by itself', async () => {
    expect(await getConfig(ROOT, null, null)).toEqual(await read('electron-builder.yml'));
  });

  it('sets every fuse that electron-builder knows', async () => {
    const { electronFuses } = await read('electron-builder.yml');
    expect(electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('is for Windows, macOS and Linux, compiles nothing and looks for updates nowhere', async () => {
    const { win, mac, linux, npmRebuild, publish } = (await read('electron-builder.yml')) as Record<
      string,
      { target?: unknown } | boolean | null
    >; // of these keys
    const target = (platform: { target?: unknown } | boolean | null | undefined): unknown =>
      typeof platform === 'object' ? platform?.target : undefined;
    expect({ targets: [win, mac, linux].map(target), npmRebuild, publish }).toEqual({
      targets: ['nsis', ['dmg', 'zip'], ['AppImage', 'deb']],
      npmRebuild: false,
      publish: null,
    });
  });
});
