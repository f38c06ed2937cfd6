import type { ReactNode } from 'react';
import { EntryDrawer } from '../pages/entries/EntryDrawer.tsx';
import { EntriesPage } from '../pages/entries/EntriesPage.tsx';
import { MemberPage } from '../pages/member/MemberPage.tsx';
import { MembersPage } from '../pages/members/MembersPage.tsx';
import { EnrolmentDialog } from '../pages/overview/EnrolmentDialog.tsx';
import { OverviewPage } from '../pages/overview/OverviewPage.tsx';
import type { Route } from '../routing/route.ts';
import { useRoute } from '../routing/use-route.ts';
import { Text } from '../words/intl.ts';
import './shell.css';
import { SideNav } from './SideNav.tsx';
import { UnknownPage } from './UnknownPage.tsx';
import { useFocusOnPage } from './use-focus-on-page.ts';

export function Shell(): ReactNode {
  const route = useRoute();
  const main = useFocusOnPage(route);
  return (
    <div className="shell">
      <button type="button" className="shell-skip" onClick={() => main.current?.focus()}>
        <Text id="app.skip" />
      </button>
      <SideNav page={route.page} />
      <main ref={main} className="shell-main" tabIndex={-1}>
        <CurrentPage route={route} />
      </main>
      <EntryDrawer />
      <EnrolmentDialog />
    </div>
  );
}

function CurrentPage({ route }: { route: Route }): ReactNode {
  switch (route.page) {
    case 'overview':
      return <OverviewPage />;
    case 'entries':
      return <EntriesPage />;
    case 'members':
      return <MembersPage search={route.search} />;
    case 'member':
      return <MemberPage key={route.id} id={route.id} />;
    case 'unknown':
      return <UnknownPage />;
    default:
      return route satisfies never;
  }
}
