import { useEffect } from 'react';
import { useConsole } from '../state/console-context.tsx';
import { useSay } from '../words/intl.ts';

/** The window's title: the page first, since tabs show only its beginning. */
export function usePageTitle(page: string): void {
  const say = useSay();
  const org = useConsole((state) => state.overview.value?.org) ?? say('app.name');
  const title = say('app.title', { page, org });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
