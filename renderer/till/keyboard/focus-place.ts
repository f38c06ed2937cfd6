export type Place = 'search' | 'catalogue' | 'rewards' | 'basket';

/** Puts the focus on a place of the screen, marked `data-place`: its current item, its first control, or itself. */
export function focusPlace(place: Place): void {
  const found = document.querySelector<HTMLElement>(`[data-place="${place}"]`);
  if (found === null) return;
  const inside = found.matches('input, button')
    ? found
    : (found.querySelector<HTMLElement>('[data-first]') ??
      found.querySelector<HTMLElement>('[tabindex="0"], input, button:not([tabindex="-1"])'));
  (inside ?? found).focus();
}
