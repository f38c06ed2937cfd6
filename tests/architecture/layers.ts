/** Who may import whom. The folders are docs/architecture.md's; a folder that stands nowhere here is refused. */
import { type Code, isTest } from './sources.ts';

/** The longest prefix wins. Every folder may import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  'base/node': ['base'],
  loyalty: ['base'],
  ledger: ['base', 'loyalty'],
  'sync/protocol': ['base', 'loyalty', 'ledger'],
  'sync/client': ['base', 'base/node', 'loyalty', 'ledger', 'sync/protocol'],
  'sync/server': ['base', 'base/node', 'loyalty', 'ledger', 'sync/protocol'],
  'hardware/receipt': ['base'],
  // Where keys arrive, in the page, scans are told from typing: pure, and the renderer's too.
  'hardware/scanner': ['base'],
  hardware: ['base', 'base/node', 'hardware/receipt', 'hardware/scanner'],
  'till/contract': ['base', 'loyalty'],
  till: [
    'base',
    'base/node',
    'loyalty',
    'ledger',
    'sync/protocol',
    'sync/client',
    'hardware',
    'hardware/receipt',
    'hardware/scanner',
    'till/contract',
  ],
  electron: ['base', 'base/node', 'till', 'till/contract'],
  'renderer/ui': ['base'],
  'renderer/till': ['base', 'loyalty', 'hardware/scanner', 'till/contract', 'renderer/ui'],
  'renderer/console': ['base', 'loyalty', 'ledger', 'sync/protocol', 'renderer/ui'],
};
const ANYTHING = ['scripts', 'tests'];
const LAYERS = [...Object.keys(MAY_IMPORT), ...ANYTHING].sort((left, right) => right.length - left.length);

/** No I/O, no clock, no randomness: everything is passed in. */
export const PURE = ['base', 'loyalty', 'ledger', 'sync/protocol', 'hardware/receipt', 'till/contract'];

export function layerOf(path: string): string | undefined {
  return LAYERS.find((layer) => path.startsWith(`${layer}/`));
}

export function wrongDirections(code: readonly Code[]): string[] {
  return code
    .filter(({ path }) => !isTest(path) && !isAtRoot(path) && !path.endsWith('.config.ts'))
    .flatMap(({ path, imports }) => {
      const layer = layerOf(path);
      if (layer === undefined) return [`${path}: its folder is no layer`];
      if (ANYTHING.includes(layer)) return [];
      const ours = imports.filter((target) => target.includes('/') && layerOf(target) !== undefined);
      return ours.filter((target) => !mayImport(layer, target)).map((target) => `${path} imports ${target}`);
    });
}

function mayImport(layer: string, target: string): boolean {
  const other = layerOf(target) ?? '';
  return !isTest(target) && (other === layer || (MAY_IMPORT[layer] ?? []).includes(other));
}

/** Configuration of tools. */
function isAtRoot(path: string): boolean {
  return !path.includes('/');
}

export function impureImports(code: readonly Code[]): string[] {
  return code
    .filter(({ path }) => !isTest(path) && PURE.includes(layerOf(path) ?? ''))
    .flatMap(({ path, imports }) =>
      imports.filter((name) => name.startsWith('node:')).map((name) => `${path} imports ${name}`),
    );
}
