/** The rules that keep the tree as docs/architecture.md draws it. Each is first shown a sample that breaks it. */
import { describe, expect, it } from 'vitest';
import { impureImports, wrongDirections } from './architecture/layers.ts';
import { foreignImports, sqlElsewhere } from './architecture/ownership.ts';
import { deadFiles } from './architecture/reach.ts';
import { isCode, readCode, trackedFiles } from './architecture/sources.ts';
import { longFiles, looseVersions, machineTraces, untranslatedTexts, unexplainedCasts } from './architecture/texts.ts';

const files = trackedFiles();
const code = [...files].filter(([path]) => isCode(path)).map(([path, text]) => readCode(path, text));

function sample(path: string, text: string) {
  return [readCode(path, text)];
}

describe('imports', () => {
  it.each([
    ['loyalty/a.ts', `import { x } from '../ledger/b.ts';`, 'loyalty/a.ts imports ledger/b.ts'],
    ['base/a.ts', `import type { X } from './node/b.ts';`, 'base/a.ts imports base/node/b.ts'],
    ['till/contract/a.ts', `export * from '../store/b.ts';`, 'till/contract/a.ts imports till/store/b.ts'],
    ['sync/server/a.ts', `const x = await import('../../till/b.ts');`, 'sync/server/a.ts imports till/b.ts'],
    ['renderer/till/a.ts', `type X = import('../../ledger/b.ts').X;`, 'renderer/till/a.ts imports ledger/b.ts'],
    ['till/a.ts', `new Worker(new URL('../electron/b.ts', import.meta.url));`, 'till/a.ts imports electron/b.ts'],
    ['till/a.ts', `import { x } from '../tests/b.ts';`, 'till/a.ts imports tests/b.ts'],
    ['till/a.ts', `import { x } from './testing/b.ts';`, 'till/a.ts imports till/testing/b.ts'],
    ['misc/a.ts', ``, 'misc/a.ts: its folder is no layer'],
  ])('against the direction are seen: %s %s', (path, text, problem) => {
    expect(wrongDirections(sample(path, text))).toEqual([problem]);
  });

  it('run one way', () => {
    expect(code.length).toBeGreaterThan(100);
    expect(wrongDirections(code)).toEqual([]);
  });

  it('of pure folders reach no Node module', () => {
    expect(impureImports(sample('ledger/a.ts', `import { readFileSync } from 'node:fs';`))).toEqual([
      'ledger/a.ts imports node:fs',
    ]);
    expect(impureImports(code)).toEqual([]);
  });

  it('of Electron and of databases stay with their owners', () => {
    expect(
      foreignImports(sample('till/app/a.ts', `import D from 'better-sqlite3'; import { app } from 'electron';`)),
    ).toEqual(['till/app/a.ts imports better-sqlite3', 'till/app/a.ts imports electron']);
    expect(foreignImports(code)).toEqual([]);
  });
});

describe('files', () => {
  it('hold SQL in the stores only', () => {
    const statements = [
      'SELECT a FROM b WHERE c',
      'insert into a values (1)',
      'UPDATE a SET b = 1',
      'DELETE FROM a',
      'create table a (b)',
    ];
    const text = statements.map((statement) => `run(\`${statement} \`);`).join('\n');
    expect(sqlElsewhere(sample('till/app/a.ts', text))).toHaveLength(statements.length);
    expect(
      sqlElsewhere(sample('till/app/a.ts', `say('Select a reward from the list'); say('update the till');`)),
    ).toEqual([]);
    expect(sqlElsewhere(code)).toEqual([]);
  });

  it('are at most 400 lines long', () => {
    expect(
      longFiles(
        new Map([
          ['a.ts', 'x\n'.repeat(401)],
          ['b.ts', 'x\n'.repeat(400)],
        ]),
      ),
    ).toEqual(['a.ts: 401 lines']);
    expect(longFiles(files)).toEqual([]);
  });

  it('are all reached from an entry point', () => {
    const tree = new Map([
      ['package.json', '{ "scripts": { "a": "node scripts/a.ts" } }'],
      ['scripts/a.ts', `import '../base/b.ts'; start('till/started.ts');`],
      ['base/b.ts', ''],
      ['base/dead.ts', `import './b.ts';`],
      ['till/started.ts', ''],
      ['till/only-tested.ts', ''],
      ['till/only-tested.test.ts', `import './only-tested.ts'; import './testing/helper.ts';`],
      ['till/testing/helper.ts', ''],
      ['till/testing/dead-helper.ts', ''],
    ]);
    const read = [...tree].filter(([path]) => isCode(path)).map(([path, text]) => readCode(path, text));
    expect(deadFiles(tree, read)).toEqual(['base/dead.ts', 'till/only-tested.ts', 'till/testing/dead-helper.ts']);
    expect(deadFiles(files, code)).toEqual([]);
  });

  it('name no machine and no registry', () => {
    const traces = [
      ['', 'home', 'ann', 'x'].join('/'),
      ['', 'work', 'main'].join('/'),
      ['C:', 'Users', 'ann'].join('\\'),
      `https://registry.${'npmjs'}.org/x`,
    ];
    expect(machineTraces(new Map([['a.md', `fine: /usr/bin\n${traces.join('\n')}`]]))).toEqual([
      'a.md:2',
      'a.md:3',
      'a.md:4',
      'a.md:5',
    ]);
    expect(machineTraces(files)).toEqual([]);
  });

  it('show no text that is not in the message catalogue', () => {
    const shown = sample(
      'renderer/till/A.tsx',
      `const a = <p title="Hello">Pay <b>{'now'}</b>{\`\${n} pts\`}<i className={\`a \${n}\`}>· {n}{c ? 'yes' : d && 'no'}</i></p>;`,
    );
    expect(new Set(untranslatedTexts(shown).map((problem) => problem.split(' shows ')[1]))).toEqual(
      new Set(['"Hello"', '"Pay"', '"now"', '"pts"', '"yes"', '"no"']),
    );
    expect(untranslatedTexts(code)).toEqual([]);
  });

  it('give the reason for every cast on its line', () => {
    const casts = `const a = b as C;\nconst d = b as C; // just checked\nconst e = [1] as const;`;
    expect(unexplainedCasts(sample('till/a.ts', casts))).toEqual(['till/a.ts:1']);
    expect(unexplainedCasts(code)).toEqual([]);
  });
});

describe('package.json', () => {
  it('pins exact versions', () => {
    const loose = {
      dependencies: { a: '^1.0.0', b: '1.0.0', c: 'latest' },
      overrides: { d: { e: '$b', f: 'npm:g@1' } },
    };
    expect(looseVersions(JSON.stringify(loose))).toEqual([
      'dependencies.a: ^1.0.0',
      'dependencies.c: latest',
      'overrides.d.f: npm:g@1',
    ]);
    expect(looseVersions(files.get('package.json') ?? '')).toEqual([]);
  });
});
