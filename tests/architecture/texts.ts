/** Rules about the text of files: size, machines, versions, words on screen, casts. */
import { type Code, type Files, isTest } from './sources.ts';

export const LINES_MAX = 400;
const SIZED = /\.(ts|tsx|mjs|cjs|css|sql|sh)$/;

export function longFiles(files: Files): string[] {
  const sized = [...files].filter(([path]) => SIZED.test(path));
  return sized
    .map(([path, text]) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > LINES_MAX)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

// Written in pieces, so that this file does not break its own rule.
const MACHINE = [
  new RegExp(`(?<![\\w.~-])/(?:home|Users|root)/(?!till\\b)[\\w-]+`),
  new RegExp(`(?<![\\w.])/${'work'}/`),
  new RegExp(String.raw`\b[A-Z]:\\+Users\\`),
  new RegExp(`registry\\.${'npmjs'}\\.org|registry\\.${'yarnpkg'}\\.com|npm\\.${'pkg'}\\.github\\.com`),
];

export function machineTraces(files: Files): string[] {
  return [...files].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, at) => (MACHINE.some((trace) => trace.test(line)) ? [`${path}:${at + 1}`] : [])),
  );
}

/** `$name` in overrides points at a version that stands elsewhere. */
export function looseVersions(packageJson: string): string[] {
  const manifest = JSON.parse(packageJson) as Record<string, unknown>; // npm refuses a package.json that is no object
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];
  return groups.flatMap((group) => looseIn(group, manifest[group] ?? {}));
}

function looseIn(path: string, value: unknown): string[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => looseIn(`${path}.${name}`, inner));
  const exact = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$|^\$[\w@/.-]+$/;
  return exact.test(String(value)) ? [] : [`${path}: ${String(value)}`];
}

export function untranslatedTexts(code: readonly Code[]): string[] {
  return code
    .filter(({ path }) => path.startsWith('renderer/') && !isTest(path))
    .flatMap(({ path, shownTexts }) => shownTexts.map(({ text, line }) => `${path}:${line} shows "${text}"`));
}

export function unexplainedCasts(code: readonly Code[]): string[] {
  return code
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, silentCasts }) => silentCasts.map((line) => `${path}:${line}`));
}
