/**
 * The application's own address. Origins of own schemes are 'null' in Node (`new URL('till://app').origin`), so protocol and host are
 * compared, never origins or prefixes.
 */
export const APP_SCHEME = 'till';
const APP_HOST = 'app';

export const APP_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

export function isAppUrl(address: string): boolean {
  const url = parsedUrl(address);
  return (
    url !== undefined &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** Undefined where it is no address. (URL.canParse is too new for the runtime of the tests.) */
export function parsedUrl(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
