import type { Database } from '../store/client.ts';
import type { Organisation } from '../store/organisation.ts';

/** What every use case of head office stands on. Times come from the clock that head office was started with. */
export type Setting = { readonly database: Database; readonly org: Organisation; readonly clock: () => number };
