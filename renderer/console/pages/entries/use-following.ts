import { useEffect, useRef, type RefObject } from 'react';
import { useConsoleActions } from '../../state/console-context.tsx';

const TOP_PX = 4;

/** While the list stands at its top, news goes in at once; further down it waits, so that nothing moves under the reader. */
export function useFollowing(): {
  scroller: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  toNews: () => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const { followEntries } = useConsoleActions();
  useEffect(() => () => followEntries(true), [followEntries]);
  const onScroll = (): void => followEntries((scroller.current?.scrollTop ?? 0) <= TOP_PX);
  const toNews = (): void => {
    followEntries(true);
    scroller.current?.scrollTo({ top: 0 });
    scroller.current?.querySelector<HTMLElement>('.row-open')?.focus({ preventScroll: true });
  };
  return { scroller, onScroll, toNews };
}
