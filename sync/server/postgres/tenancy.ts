/**
 * Who uses a server of our own. Each process holds a shared advisory lock on a connection of its own, which ends with the process however
 * it ends; the last one to leave gets the lock alone, and may stop the server.
 */
import { openClient } from '../store/client.ts';

const TENANTS = 0x4c4f_5941; // one number for all processes, out of the way of others'

export type Tenancy = {
  /** Takes the lock again where the server was started anew since; throws where it does not answer. */
  renew(): Promise<void>;
  /** True: nobody else uses the server, and from now on nobody can start to. */
  leave(): Promise<boolean>;
};

export async function enter(maintenanceUrl: string): Promise<Tenancy> {
  const client = openClient(maintenanceUrl, { connectionsMax: 1 });
  let session: number | undefined;
  /** The connection is one, and it is made anew where it was lost. */
  const renew = async (): Promise<void> => {
    const [row] = await client<{ pid: number }[]>`select pg_backend_pid() as pid`;
    if (row?.pid === session) return;
    const [held] = await client<{ pid: number }[]>`
      select pg_backend_pid() as pid from pg_advisory_lock_shared(${TENANTS})`;
    session = held?.pid;
  };
  try {
    await renew();
  } catch (cause) {
    await client.end({ timeout: 1 });
    throw cause;
  }
  return {
    renew,
    leave: async () => {
      try {
        await client`select pg_advisory_unlock_shared(${TENANTS})`;
        const [row] = await client<{ alone: boolean }[]>`select pg_try_advisory_lock(${TENANTS}) as alone`;
        return row?.alone === true;
      } catch {
        return false; // the server is gone: nothing is left to stop
      } finally {
        await client.end({ timeout: 5 });
      }
    },
  };
}
