import { createInterface } from 'node:readline';

/** Until a signal asks the process to end. `asked` runs for each line on standard input. */
export function untilToldToStop(asked: () => void): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', asked);
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        lines.close();
        stop();
      });
    }
  });
}
