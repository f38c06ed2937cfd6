/** Serves the built screen from the own scheme till://app, with its policy as a header. file:// is never used, and nothing comes from a network. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { securityHeaders } from '../till/hosts/security-headers.ts';
import { APP_SCHEME } from './app-url.ts';
import { rendererFile } from './renderer-file.ts';

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveAppScheme(rendererFolder: string): void {
  // No network for the page at all: the engine has the network, and the page has a port to the engine.
  const headers = securityHeaders({ connectSources: [] });
  protocol.handle(APP_SCHEME, async (request) => {
    const found = request.method === 'GET' ? rendererFile(request.url, rendererFolder) : undefined;
    const body = found === undefined ? undefined : await contentOf(found.file);
    if (found === undefined || body === undefined) return new Response('Not found', { status: 404, headers });
    return new Response(body, { headers: { ...headers, 'Content-Type': found.contentType } });
  });
}

async function contentOf(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(file));
  } catch {
    return undefined; // not there, a folder, or not readable: the page sees the same 404
  }
}
