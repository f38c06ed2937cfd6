/** Timers are passed in, so that tests decide when a time is up. */

export type Timer = { cancel(): void };
export type Timers = { after(ms: number, run: () => void): Timer };

/** The process may end while one of these is pending. */
export const SYSTEM_TIMERS: Timers = {
  after: (ms, run) => {
    const handle = setTimeout(run, ms);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
};
