import { LayoutDashboard, ScrollText, Users, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { hrefOf, type Route } from '../routing/route.ts';
import { useConsole } from '../state/console-context.tsx';
import { Text, useSay, type MessageId } from '../words/intl.ts';
import { LiveState } from './LiveState.tsx';
import './side-nav.css';

const LINKS: readonly { page: Route['page']; href: string; icon: LucideIcon; name: MessageId }[] = [
  { page: 'overview', href: hrefOf({ page: 'overview' }), icon: LayoutDashboard, name: 'nav.overview' },
  { page: 'entries', href: hrefOf({ page: 'entries' }), icon: ScrollText, name: 'nav.entries' },
  { page: 'members', href: hrefOf({ page: 'members', search: '' }), icon: Users, name: 'nav.members' },
];

export function SideNav(props: { page: Route['page'] }): ReactNode {
  const say = useSay();
  const org = useConsole((state) => state.overview.value?.org) ?? say('app.name');
  return (
    <header className="side">
      <div className="side-org">
        <span className="side-mark" aria-hidden>
          {org.slice(0, 1)}
        </span>
        <span className="side-name">
          <span className="side-name-org">{org}</span>
          <span className="side-name-office">
            <Text id="app.headOffice" />
          </span>
        </span>
      </div>
      <nav aria-label={say('nav.label')}>
        <ul className="side-links">
          {LINKS.map(({ page, href, icon: Icon, name }) => (
            <li key={page}>
              <a className="side-link" href={href} aria-current={currentOf(props.page, page)}>
                <Icon size={19} aria-hidden />
                <span>
                  <Text id={name} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <LiveState />
    </header>
  );
}

/** A member's page belongs to the members. */
function currentOf(shown: Route['page'], page: Route['page']): 'page' | 'true' | undefined {
  if (shown === page) return 'page';
  return shown === 'member' && page === 'members' ? 'true' : undefined;
}
