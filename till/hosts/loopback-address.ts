/**
 * Which names a page may know this host by. A page from elsewhere can reach 127.0.0.1 too: by its own name pointed here (DNS rebinding),
 * which the Host header shows, or across origins, which the Origin header shows.
 */
export const LOOPBACK = '127.0.0.1';
const NAMES = [LOOPBACK, 'localhost'];

export function isOwnHost(host: string | undefined, port: number): boolean {
  return NAMES.some((name) => host === `${name}:${port}`);
}

/** The origin must be the very one that the page was loaded from. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, port: number): boolean {
  return isOwnHost(host, port) && origin === `http://${host}`;
}
