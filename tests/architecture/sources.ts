/** The tracked files of the project, and what a rule needs to know of one that holds code. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, Visitor, type ESTree } from 'vite';

export const ROOT = join(import.meta.dirname, '..', '..');
const CODE = /\.(ts|tsx|mjs|cjs)$/;

/** Path from the root of the checkout, with forward slashes, to text. */
export type Files = ReadonlyMap<string, string>;

export function trackedFiles(): Files {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  const present = listed.filter((path) => existsSync(join(ROOT, path)) && !/\.(png|ico|icns|woff2|gz|bin)$/.test(path));
  return new Map(present.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Tests and their helpers may use everything; nothing that ships may use them. */
export function isTest(path: string): boolean {
  return path.startsWith('tests/') || /\.test\.tsx?$/.test(path) || path.split('/').includes('testing');
}

export type Literal = { readonly text: string; readonly line: number };

export type Code = {
  readonly path: string;
  /** What it imports, types and `new URL('./x.ts', import.meta.url)` included: a path of ours, or a package's name. */
  readonly imports: readonly string[];
  readonly literals: readonly Literal[];
  /** Words that JSX shows to people without asking the message catalogue. */
  readonly shownTexts: readonly Literal[];
  /** Lines of casts, `as const` excluded, that carry no reason. */
  readonly silentCasts: readonly number[];
};

/** Attributes whose text a person reads or hears. */
const SPOKEN = new Set(['alt', 'aria-description', 'aria-label', 'label', 'placeholder', 'title']);
const LETTER = /\p{L}/u;

export function readCode(path: string, text: string): Code {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const lines = text.split('\n');
  const lineOf = lineCounter(text);
  const imports: string[] = [];
  const literals: Literal[] = [];
  const shownTexts: Literal[] = [];
  const silentCasts: number[] = [];
  const show = (shown: string, at: number) => {
    if (LETTER.test(shown)) shownTexts.push({ text: shown.trim(), line: lineOf(at) });
  };
  const showAll = (children: readonly ESTree.JSXChild[]) => {
    for (const child of children) {
      if (child.type === 'JSXExpressionContainer')
        for (const shown of shownBy(child.expression)) show(shown, child.start);
    }
  };
  new Visitor({
    ImportDeclaration: (node) => void imports.push(node.source.value),
    ExportAllDeclaration: (node) => void imports.push(node.source.value),
    ExportNamedDeclaration: (node) => node.source && void imports.push(node.source.value),
    ImportExpression: (node) => node.source.type === 'Literal' && void imports.push(String(node.source.value)),
    TSImportType: (node) => void imports.push(node.source.value),
    NewExpression: (node) => {
      const [first] = node.arguments;
      const isUrl = node.callee.type === 'Identifier' && node.callee.name === 'URL';
      if (isUrl && first?.type === 'Literal' && /^\.\.?\//.test(String(first.value))) imports.push(String(first.value));
    },
    Literal: (node) =>
      typeof node.value === 'string' && void literals.push({ text: node.value, line: lineOf(node.start) }),
    TemplateLiteral: (node) => {
      literals.push({ text: node.quasis.map((part) => part.value.raw).join(' ? '), line: lineOf(node.start) });
    },
    JSXText: (node) => show(node.value, node.start),
    JSXElement: ({ children }) => showAll(children),
    JSXFragment: ({ children }) => showAll(children),
    JSXAttribute: (node) => {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
      if (SPOKEN.has(name) && node.value?.type === 'Literal') show(String(node.value.value), node.start);
    },
    TSAsExpression: (node) => {
      const isConst = text.slice(node.typeAnnotation.start, node.typeAnnotation.end) === 'const';
      const own = lines.slice(lineOf(node.start) - 1, lineOf(node.end));
      if (!isConst && !own.some((line) => line.includes('//'))) silentCasts.push(lineOf(node.end));
    },
  }).visit(program);
  return { path, imports: imports.map((specifier) => resolved(path, specifier)), literals, shownTexts, silentCasts };
}

/** The literal texts that an expression between two tags can come to. */
function shownBy(expression: ESTree.JSXExpression | ESTree.Expression): string[] {
  if (expression.type === 'Literal') return typeof expression.value === 'string' ? [expression.value] : [];
  if (expression.type === 'TemplateLiteral') return [expression.quasis.map((part) => part.value.raw).join('')];
  if (expression.type === 'LogicalExpression') return shownBy(expression.right);
  if (expression.type !== 'ConditionalExpression') return [];
  return [...shownBy(expression.consequent), ...shownBy(expression.alternate)];
}

/** `./x.ts` as a path from the root; a package or `node:` module as its name. */
function resolved(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier.split('?')[0] ?? specifier) : specifier;
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? starts.length : after;
  };
}
