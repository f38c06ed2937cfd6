import type { ReactNode } from 'react';
import './skeleton.css';

/** Holds the place of a text that loads, in about its width. */
export function Skeleton(props: { width?: 'short' | 'medium' | 'long' }): ReactNode {
  return <span className={`skeleton skeleton-${props.width ?? 'medium'}`} aria-hidden />;
}
