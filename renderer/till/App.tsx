import type { ReactNode } from 'react';
import { Page } from '../ui/Page.tsx';
import { Toasts } from '../ui/toast/Toasts.tsx';
import messages from './messages/en.json';
import { TillScreen } from './screens/shell/TillScreen.tsx';
import { useTill } from './state/till-context.tsx';
import { useSay } from './words/intl.ts';

/** The texts are English for now; numbers, money and dates follow the store's locale and zone. */
export function App(): ReactNode {
  const locale = useTill((state) => state.status.status?.locale ?? 'en');
  const timeZone = useTill((state) => state.status.status?.timeZone);
  return (
    <Page locale={locale} timeZone={timeZone} messages={messages}>
      <WithToasts />
    </Page>
  );
}

function WithToasts(): ReactNode {
  const say = useSay();
  return (
    <Toasts closeLabel={say('app.dismiss')} regionLabel={say('app.notifications')}>
      <TillScreen />
    </Toasts>
  );
}
