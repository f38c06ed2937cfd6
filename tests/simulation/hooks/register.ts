/**
 * What the simulation puts in the place of the machine, before any of our code is loaded: chance that comes from the seed (node:crypto), a disk in
 * memory (node:fs and better-sqlite3, for the till), head office's tables in memory (its store's SQL), and
 * a printer whose receipts are blank. With `SIMULATE_WITHOUT` one rule of
 * ledger/allowances/rules.ts is off. Nothing else of what is loaded differs from what ships.
 */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SIMULATION = path.join(import.meta.dirname, '..');
const ROOT = path.join(SIMULATION, '..', '..');
const REAL = '?real';

const inFolder = (url: string, folder: string): boolean =>
  url.startsWith(pathToFileURL(path.join(ROOT, folder)).href + '/');
const virtual = (name: string): string => pathToFileURL(path.join(SIMULATION, 'virtual', name)).href;
const isOurs = (url: string): boolean =>
  ['base', 'loyalty', 'ledger', 'till', 'sync', 'hardware'].some((folder) => inFolder(url, folder));

function standIn(specifier: string, parent: string): string | undefined {
  if (!isOurs(parent)) return undefined;
  if (specifier === 'node:crypto') return virtual('crypto.ts');
  if (specifier === 'node:fs' && inFolder(parent, 'till')) return virtual('fs.ts');
  if (specifier === 'better-sqlite3') return virtual('sqlite.ts');
  return undefined;
}

/** Everything of the real module, but for what the one in memory has. */
function overridden(url: string, by: string): string {
  const names = [...readFileSync(by, 'utf8').matchAll(/^export (?:async )?function (\w+)/gm)].map((match) => match[1]);
  return `export * from ${JSON.stringify(url + REAL)};\nexport { ${names.join(', ')} } from ${JSON.stringify(pathToFileURL(by).href)};\n`;
}

function overrideOf(url: string): string | undefined {
  if (url.endsWith(REAL)) return undefined;
  if (inFolder(url, 'sync/server/store')) {
    const by = path.join(SIMULATION, 'memory-store', path.basename(fileURLToPath(url)));
    return existsSync(by) ? by : undefined;
  }
  if (inFolder(url, 'sync/server') && url.endsWith('/sync/server/announcements.ts'))
    return path.join(SIMULATION, 'memory-store', 'announcements.ts');
  if (inFolder(url, 'base/node') && url.endsWith('/migration-files.ts'))
    return path.join(SIMULATION, 'virtual', 'migration-files.ts');
  if (inFolder(url, 'base/node') && url.endsWith('/uuid.ts')) return path.join(SIMULATION, 'virtual', 'uuid.ts');
  if (inFolder(url, 'hardware/printer/escpos') && url.endsWith('/receipt-bytes.ts'))
    return path.join(SIMULATION, 'virtual', 'receipt-bytes.ts');
  return undefined;
}

export function registerSimulationHooks(without: string | undefined): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const url = context.parentURL === undefined ? undefined : standIn(specifier, context.parentURL);
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
    },
    load: (url, context, next) => {
      const by = overrideOf(url);
      if (by !== undefined) return { format: 'module', source: overridden(url, by), shortCircuit: true };
      const loaded = next(url, context);
      if (without === undefined || !url.endsWith('/ledger/allowances/rules.ts')) return loaded;
      const rules = readFileSync(fileURLToPath(url), 'utf8');
      const source = rules.replace(`${without}: true`, `${without}: false`);
      if (source === rules) throw new Error(`there is no rule ${without}`);
      return { ...loaded, source: stripTypeScriptTypes(source) };
    },
  });
}
