/** A till's page needs no permission of the browser: devices and network belong to the engine. So everything is refused, asked or not. */
import type { Session } from 'electron';
import { isAppUrl, parsedUrl } from './app-url.ts';

const LOCAL_SCHEMES = new Set(['data:', 'blob:']);

export function denyAllPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

/** A second wall behind the policy header: requests that are not for the application's own files end here. */
export function denyForeignRequests(session: Session, allowDevTools: boolean): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const scheme = parsedUrl(details.url)?.protocol ?? '';
    const allowed = isAppUrl(details.url) || LOCAL_SCHEMES.has(scheme) || (allowDevTools && scheme === 'devtools:');
    answer({ cancel: !allowed });
  });
}
