import type { ReactNode } from 'react';
import { hrefOf } from '../routing/route.ts';
import { useSay } from '../words/intl.ts';

/** An entry's member; a member without a name still has a page. */
export function MemberLink(props: { id: string | null; name: string | null }): ReactNode {
  const say = useSay();
  if (props.id === null) return <span className="soft">{say('app.nothing')}</span>;
  return (
    <a className="link" href={hrefOf({ page: 'member', id: props.id })}>
      {props.name ?? say('entry.nameless')}
    </a>
  );
}
