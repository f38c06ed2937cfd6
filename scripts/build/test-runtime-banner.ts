/**
 * What Node 18.15, inside the Electron that the tests run, lacks and libraries of ours use while they load. Goes in front of TEST builds
 * only; users have a current Electron.
 */
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
