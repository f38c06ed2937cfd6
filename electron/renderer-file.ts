/** Which file of the built screen an address means. Nothing outside the folder can be named, however the path is spelled. */
import path from 'node:path';
import { isAppUrl } from './app-url.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

export type RendererFile = { file: string; contentType: string };

/** Undefined where the address is not the application's, leaves the folder, or names a kind of file that screens have no use for. */
export function rendererFile(address: string, folder: string): RendererFile | undefined {
  if (!isAppUrl(address)) return undefined;
  const asked = decoded(new URL(address).pathname);
  if (asked === undefined || asked.includes('\0') || asked.includes('\\')) return undefined;
  const file = path.join(folder, asked === '/' ? 'index.html' : asked);
  const inside = path.relative(folder, file);
  if (inside === '' || inside.split(path.sep)[0] === '..' || path.isAbsolute(inside)) return undefined;
  const contentType = TYPES[path.extname(file).toLowerCase()];
  return contentType === undefined ? undefined : { file, contentType };
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
