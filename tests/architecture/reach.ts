/** Dead files: code that no entry point leads to. */
import { posix } from 'node:path';
import { type Code, type Files, isTest } from './sources.ts';

const PROGRAMS = [/^electron\/(main|preload|engine)\.ts$/, /\.config\.ts$/];
const TESTS = [
  /\.test\.tsx?$/,
  /^tests\/e2e\/.*\.(spec|setup)\.ts$/,
  // Put in the place of others by a hook of the module loader, and a process that a test starts from its built form.
  /^tests\/simulation\/(memory-store|virtual)\//,
  /^tests\/torture\/told-child\.ts$/,
];

/** What ships must be reached from what runs; a test of its own keeps nothing alive. */
export function deadFiles(files: Files, code: readonly Code[]): string[] {
  const modules = code.filter(({ path }) => !path.endsWith('.d.ts'));
  const running = reachedFrom(programEntries(files), modules);
  const tested = reachedFrom(
    [...files.keys()].filter((path) => TESTS.some((entry) => entry.test(path))),
    modules,
  );
  return modules.map(({ path }) => path).filter((path) => !running.has(path) && !(isTest(path) && tested.has(path)));
}

/** Commands of package.json, the desktop's three programs, and the modules that HTML pages name. */
function programEntries(files: Files): string[] {
  const commands = [...(files.get('package.json') ?? '').matchAll(/[\w./-]+\.(?:mjs|ts)\b/g)].map(([path]) => path);
  const pages = [...files]
    .filter(([path]) => path.endsWith('.html'))
    .flatMap(([path, html]) =>
      [...html.matchAll(/src="([^"]+\.tsx?)"/g)].map(([, src = '']) =>
        posix.join(posix.dirname(path), src.replace(/^\//, '')),
      ),
    );
  return [...commands, ...pages, ...[...files.keys()].filter((path) => PROGRAMS.some((entry) => entry.test(path)))];
}

/** A path written as text counts as an import: so a script names the program that it starts or builds. */
function reachedFrom(entries: readonly string[], code: readonly Code[]): ReadonlySet<string> {
  const byPath = new Map(code.map((one) => [one.path, one]));
  const reached = new Set<string>();
  const queue = [...entries];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const one = byPath.get(path);
    if (one === undefined || reached.has(path)) continue;
    reached.add(path);
    const folder = posix.dirname(path);
    const named = one.literals.map(({ text }) => text).filter((text) => /\.(ts|tsx|mjs|cjs)$/.test(text));
    queue.push(
      ...one.imports,
      ...named.map((text) => posix.normalize(text)),
      ...named.map((text) => posix.join(folder, text)),
    );
  }
  return reached;
}
