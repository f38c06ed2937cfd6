import { useEffect, useState } from 'react';
import { hrefOf } from '../../routing/route.ts';
import { replaceRoute } from '../../routing/use-route.ts';
import { useConsoleActions } from '../../state/console-context.tsx';

const TYPING_MS = 200;

/** What is typed goes, a moment after the last key, into the address; the address says what is searched for. */
export function useMemberSearch(search: string): { typed: string; type: (text: string) => void } {
  const { searchMembers } = useConsoleActions();
  const [typed, type] = useState(search);
  const [address, setAddress] = useState(search);
  // The address changed by itself: back, forward, or a link.
  if (address !== search) {
    setAddress(search);
    if (typed.trim() !== search) type(search);
  }
  useEffect(() => {
    const timer = setTimeout(() => replaceRoute(hrefOf({ page: 'members', search: typed.trim() })), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => void searchMembers(search), [search, searchMembers]);
  return { typed, type };
}
