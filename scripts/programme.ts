/**
 * `npm run --silent programme -- check FILE [EARLIER]`: whether a document is a programme that can be published, each wrong field by path,
 * and what it changes against an earlier version. Exit 0 valid, 1 not, 2 called wrongly.
 */
import { readFileSync } from 'node:fs';
import { CHANGE_AREAS, compareProgrammes, type ProgrammeChange } from '../loyalty/programme/compare/changes.ts';
import { parseProgramme } from '../loyalty/programme/parse.ts';
import type { Programme } from '../loyalty/programme/programme.ts';
import { findUnbuilt } from '../loyalty/programme/unbuilt.ts';

const USAGE = 'usage: npm run --silent programme -- check FILE [EARLIER]';

const [command, file, earlier, ...more] = process.argv.slice(2);
if (command !== 'check' || file === undefined || more.length > 0) leave(USAGE);
const versions = readVersions(file);
const base = earlier === undefined ? [] : readVersions(earlier);
const all = [...base, ...versions].toSorted((left, right) => left.version - right.version);
for (const programme of versions) {
  const { id, version, effectiveFrom } = programme;
  console.log(`${file}: programme ${id}, version ${version}, in effect from ${effectiveFrom}: valid.`);
  const before = all.filter((other) => other.version < version).at(-1);
  if (before !== undefined) printComparison(before, programme);
}
if (base.length > 0 && !all.some((other, index) => index > 0 && versions.includes(other)))
  console.log(`No version in ${earlier ?? ''} is earlier than those in ${file}.`);

/** A document, a list of them, or anything that carries `programme` or `programmes`, as a scenario does. */
function readVersions(path: string): Programme[] {
  const found = documentsIn(readJson(path));
  const programmes: Programme[] = [];
  for (const [prefix, document] of found) {
    const parsed = parseProgramme(document);
    const problems = parsed.ok ? findUnbuilt(parsed.value) : parsed.error;
    for (const { path: field, message } of problems) {
      console.log(`${path}: ${[prefix, field].filter((part) => part !== '').join('.') || 'the document'}: ${message}`);
      process.exitCode = 1;
    }
    if (parsed.ok) programmes.push(parsed.value);
  }
  if (process.exitCode === 1) process.exit();
  return programmes;
}

function documentsIn(json: unknown): (readonly [string, unknown])[] {
  if (Array.isArray(json)) return json.map((document, index) => [`${index}`, document] as const);
  if (typeof json === 'object' && json !== null) {
    if ('programme' in json) return [['programme', json.programme]];
    if ('programmes' in json && Array.isArray(json.programmes))
      return json.programmes.map((document, index) => [`programmes.${index}`, document] as const);
  }
  return [['', json]];
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return leave(`${path}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

function printComparison(before: Programme, after: Programme): void {
  const { changes, examples } = compareProgrammes(before, after);
  console.log(
    `Against version ${before.version}: ${changes.length === 0 ? 'no changes.' : `${changes.length} changes.`}`,
  );
  for (const area of CHANGE_AREAS) printArea(area, changes);
  for (const { due, wallet, before: was, after: is } of examples) {
    const money = (due / 10 ** after.minorDigits).toFixed(after.minorDigits);
    console.log(`  for example: a plain sale of ${money} ${after.currency} gave ${was} and gives ${is} ${wallet}.`);
  }
}

function printArea(area: ProgrammeChange['area'], changes: readonly ProgrammeChange[]): void {
  for (const change of changes.filter((candidate) => candidate.area === area))
    console.log(`  ${area}: ${change.path}: ${change.sentence}`);
}

function leave(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
