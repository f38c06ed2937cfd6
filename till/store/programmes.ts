import { assert } from '../../base/assert.ts';
import type { HashHex } from '../../base/ids.ts';
import type { WritableDb } from './open-database.ts';

export type StoredProgramme = { readonly hash: HashHex; readonly version: number; readonly text: string };

export type ProgrammeTable = ReturnType<typeof programmeTable>;

/** Published versions as head office sent them, for ever: a void needs the version of its sale. */
export function programmeTable(db: WritableDb) {
  const all = db.prepare<[], StoredProgramme>('SELECT hash, version, text FROM programme ORDER BY version');
  const insert = db.prepare(
    'INSERT INTO programme (hash, version, text) VALUES (:hash, :version, :text) ON CONFLICT (hash) DO NOTHING',
  );
  return {
    all: (): StoredProgramme[] => all.all(),
    /** True where it is new. Two texts under one version are a bug of head office. */
    add: (programme: StoredProgramme): boolean => {
      const other = all.all().find((known) => known.version === programme.version && known.hash !== programme.hash);
      assert(other === undefined, `version ${programme.version} of the programme came with another text`);
      return insert.run(programme).changes === 1;
    },
  };
}
