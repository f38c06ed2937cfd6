import { useEffect, useRef, type RefObject } from 'react';
import type { Route } from '../routing/route.ts';

/** On another page the focus goes to its title, so that a screen reader reads it and Tab goes on from there; not at the first page. */
export function useFocusOnPage(route: Route): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const place = route.page === 'member' ? `member ${route.id}` : route.page;
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    main.current?.scrollTo({ top: 0 });
    main.current?.querySelector<HTMLElement>('[data-page-title]')?.focus();
  }, [place]);
  return main;
}
