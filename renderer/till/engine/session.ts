/**
 * Getting into the browser host. Its first address carries a start token in the fragment, which never leaves the browser by itself; the
 * page swaps it for an HttpOnly cookie and takes it out of the address bar, so that it is in no history and no screenshot.
 */
export type SessionPage = {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  history: Pick<History, 'replaceState'>;
  fetch: typeof fetch;
};

const TOKEN_FRAGMENT = /^#token=([\w-]{1,256})$/;

/** Whether an address carries a start token. */
export function hasStartToken({ hash }: Pick<Location, 'hash'>): boolean {
  return TOKEN_FRAGMENT.test(hash);
}

/** Does nothing where the address has no token. A token that the host refuses leaves the page without a session. */
export async function takeSession(page: SessionPage): Promise<void> {
  const token = TOKEN_FRAGMENT.exec(page.location.hash)?.[1];
  if (token === undefined) return;
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  try {
    await page.fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
  } catch {
    // The host is away: the connection that is tried next says so.
  }
}

/** False only where the host answers that there is none: an unreachable host says nothing about the session. */
export async function hasSession(page: Pick<SessionPage, 'fetch'>): Promise<boolean> {
  try {
    const answer = await page.fetch('/session', { method: 'GET', cache: 'no-store' });
    return answer.status !== 401 && answer.status !== 403;
  } catch {
    return true;
  }
}
