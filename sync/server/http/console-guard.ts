/**
 * Keeps other web pages away from the console: a request must name this host (else a name that another site points at us would do), and
 * where a browser says which page asked, it must be ours.
 */
import type { Refusal } from '../../../base/result.ts';

export type RequestHeaders = { readonly host?: string | undefined; readonly origin?: string | undefined };

/** `hosts`: with port, as browsers send them. */
export function guardConsole(
  { host, origin }: RequestHeaders,
  hosts: ReadonlySet<string>,
): Refusal<'wrong-host' | 'wrong-origin'> | undefined {
  if (host === undefined || !hosts.has(host.toLowerCase())) {
    return { code: 'wrong-host', message: 'The console is not at this address.' };
  }
  if (origin !== undefined && !isOrigin(origin, host)) {
    return { code: 'wrong-origin', message: 'Another page may not use the console.' };
  }
  return undefined;
}

function isOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** What a browser on this machine may call the server that listens there. */
export function hostsOf(url: string, others: readonly string[]): Set<string> {
  const { host, port } = new URL(url);
  return new Set(
    [host, ...['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`), ...others].map((name) =>
      name.toLowerCase(),
    ),
  );
}
