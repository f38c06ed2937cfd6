/** Pages by the address's fragment, so that any file server serves them and a reload finds them again. */
export type Route =
  | { readonly page: 'overview' }
  | { readonly page: 'entries' }
  | { readonly page: 'members'; readonly search: string }
  | { readonly page: 'member'; readonly id: string }
  | { readonly page: 'unknown' };

export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?');
  const [first = '', second, ...rest] = path.replace(/^\//, '').split('/');
  if (rest.length > 0) return { page: 'unknown' };
  if (first === 'members' && second !== undefined && second !== '') return memberRoute(second);
  if (second !== undefined) return { page: 'unknown' };
  if (first === '') return { page: 'overview' };
  if (first === 'entries') return { page: 'entries' };
  if (first === 'members') return { page: 'members', search: new URLSearchParams(query).get('search') ?? '' };
  return { page: 'unknown' };
}

export function hrefOf(route: Exclude<Route, { page: 'unknown' }>): string {
  switch (route.page) {
    case 'overview':
      return '#/';
    case 'entries':
      return '#/entries';
    case 'members':
      return route.search === ''
        ? '#/members'
        : `#/members?${new URLSearchParams({ search: route.search }).toString()}`;
    case 'member':
      return `#/members/${encodeURIComponent(route.id)}`;
    default:
      return route satisfies never;
  }
}

function memberRoute(encoded: string): Route {
  try {
    return { page: 'member', id: decodeURIComponent(encoded) };
  } catch {
    return { page: 'unknown' };
  }
}
