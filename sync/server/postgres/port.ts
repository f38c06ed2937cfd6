import { createServer } from 'node:net';

/** `wanted` where it can be had, otherwise one that the system picks. On loopback. */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined) {
    const had = await tryPort(wanted);
    if (had !== undefined) return had;
  }
  const port = await tryPort(0);
  if (port === undefined) throw new Error('no free port on loopback');
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const given = address !== null && typeof address === 'object' ? address.port : undefined;
      server.close(() => resolve(given));
    });
  });
}
