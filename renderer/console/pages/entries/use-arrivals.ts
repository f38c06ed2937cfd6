import { useState } from 'react';

/** Tells rows that came in after the list was first shown from those that were there. `newest`: position, null while it loads. */
export function useArrivals(newest: number | null): (position: number) => boolean {
  const [first, setFirst] = useState(newest);
  if (first === null && newest !== null) setFirst(newest);
  return (position) => first !== null && position > first;
}
