/**
 * Who uses a server of our own. Each process holds a shared advisory lock on a connection of its own, which ends with the process however
 * it ends; the last one to leave gets the lock alone, and may stop the server.
 */
import { openClient } from '../store/client.ts';

const TENANTS = 0x4c4f_5941; // one number for all processes, out of the way of others'

export type Tenancy = {
  /** True: nobody else uses the server, and from now on nobody can start to. */
  leave(): Promise<boolean>;
};

export async function enter(maintenanceUrl: string): Promise<Tenancy> {
  const client = openClient(maintenanceUrl, { connectionsMax: 1 });
  try {
    await client`select pg_advisory_lock_shared(${TENANTS})`;
  } catch (cause) {
    await client.end({ timeout: 1 });
    throw cause;
  }
  return {
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
