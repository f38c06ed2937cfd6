/**
 * What Node 18.15, inside the Electron that the tests run, lacks and libraries of ours use while they load. Goes in front of TEST builds
 * only; users have a current Electron.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The first Electron whose Node has all that our libraries load with. */
const WHOLE_RUNTIME_MAJOR = 30;

/** Version of the Electron in `folder`, without `v`. */
export function electronVersion(folder: string): string {
  return readFileSync(path.join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
}

/** True for an Electron that runs only what was built with `--test-runtime`. */
export function needsTestRuntime(folder: string): boolean {
  return Number(electronVersion(folder).split('.')[0]) < WHOLE_RUNTIME_MAJOR;
}

export const TEST_RUNTIME_BANNER = `
{
  const channels = require('node:diagnostics_channel');
  if (channels.tracingChannel === undefined) {
    const inert = () => ({ hasSubscribers: false, publish() {}, subscribe() {}, unsubscribe() { return false; }, runStores(_context, work, self, ...args) { return Reflect.apply(work, self, args); } });
    channels.tracingChannel = () => ({
      start: inert(), end: inert(), asyncStart: inert(), asyncEnd: inert(), error: inert(), hasSubscribers: false,
      subscribe() {}, unsubscribe() { return false; },
      traceSync(work, _context, self, ...args) { return Reflect.apply(work, self, args); },
      tracePromise(work, _context, self, ...args) { return Promise.resolve(Reflect.apply(work, self, args)); },
      traceCallback(work, _position, _context, self, ...args) { return Reflect.apply(work, self, args); },
    });
  }
  if (globalThis.crypto === undefined) globalThis.crypto = require('node:crypto').webcrypto;
}
`;
