/** node:fs for the till: files of `/sim/` lie in memory, one folder for each disk. What was written is there at once, as after a flush. */
import fs from 'node:fs';

export * from 'node:fs';

const files = new Map<string, Buffer>();
const handles = new Map<number, string>();
let lastHandle = 1_000_000;

const isOurs = (file: unknown): file is string => typeof file === 'string' && file.startsWith('/sim/');

export function existsSync(file: string): boolean {
  return isOurs(file) ? files.has(file) : fs.existsSync(file);
}

export function mkdirSync(folder: string, options?: fs.MakeDirectoryOptions): void {
  if (!isOurs(folder)) fs.mkdirSync(folder, options);
}

export function openSync(file: string, flags: string, mode?: number): number {
  if (!isOurs(file)) return fs.openSync(file, flags, mode);
  if (!files.has(file) && flags !== 'r') files.set(file, Buffer.alloc(0));
  lastHandle += 1;
  handles.set(lastHandle, file);
  return lastHandle;
}

export function closeSync(handle: number): void {
  if (!handles.delete(handle)) fs.closeSync(handle);
}

export function fsyncSync(handle: number): void {
  if (!handles.has(handle)) fs.fsyncSync(handle);
}

export function readFileSync(file: string, encoding: BufferEncoding): string {
  if (!isOurs(file)) return fs.readFileSync(file, encoding);
  const bytes = files.get(file);
  if (bytes === undefined) throw Object.assign(new Error(`no file ${file}`), { code: 'ENOENT' });
  return bytes.toString(encoding);
}

export function writeFileSync(file: string, content: string, options?: fs.WriteFileOptions): void {
  if (isOurs(file)) files.set(file, Buffer.from(content, 'utf8'));
  else fs.writeFileSync(file, content, options);
}

export function chmodSync(file: string, mode: number): void {
  if (!isOurs(file)) fs.chmodSync(file, mode);
}

export function renameSync(from: string, to: string): void {
  if (!isOurs(from)) return fs.renameSync(from, to);
  const bytes = files.get(from);
  if (bytes === undefined) throw Object.assign(new Error(`no file ${from}`), { code: 'ENOENT' });
  files.delete(from);
  files.set(to, bytes);
}

export function rmSync(file: string, options?: fs.RmOptions): void {
  if (isOurs(file)) files.delete(file);
  else fs.rmSync(file, options);
}

/** Of a disk, by name; databases lie elsewhere (sqlite.ts). */
export function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  return new Map(
    [...files].flatMap(([file, bytes]) => (file.startsWith(`${folder}/`) ? [[file.slice(folder.length), bytes]] : [])),
  );
}

export function putFiles(folder: string, content: ReadonlyMap<string, Buffer>): void {
  for (const file of files.keys()) if (file.startsWith(`${folder}/`)) files.delete(file);
  for (const [name, bytes] of content) files.set(folder + name, bytes);
}
