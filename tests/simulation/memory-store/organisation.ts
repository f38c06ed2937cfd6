import type { Queries } from '../../../sync/server/store/client.ts';
import type { Organisation } from '../../../sync/server/store/organisation.ts';
import { tablesOf } from './tables.ts';

export async function loadOrganisation(queries: Queries): Promise<Organisation | undefined> {
  return tablesOf(queries).org.get('');
}

export async function insertOrganisation(queries: Queries, org: Organisation, _at: number): Promise<boolean> {
  const table = tablesOf(queries).org;
  if (table.has('')) return false;
  table.set('', org);
  return true;
}
