/**
 * Hears a keyboard-wedge scanner wherever the focus is. Every key of the window is shown to the detector before anything else sees it; what
 * belongs to a scan goes no further, so that no field keeps a card's digits and the scanner's Enter presses no button.
 */
import { withoutLast, withText, type FieldText } from './field-edit.ts';
import { WEDGE_DEFAULTS, WEDGE_START, wedgeKey, wedgeTick, type WedgeStep } from './scanner.ts';

export type ScanWindow = Pick<Window, 'addEventListener' | 'removeEventListener' | 'document'>;

/** `onScan` is called after the key's event is over. The result ends it. */
export function listenForScans(page: ScanWindow, onScan: (text: string) => void): () => void {
  let state = WEDGE_START;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (step: WedgeStep, nowMs: number): void => {
    state = step.state;
    clearTimeout(timer);
    const field = textField(page.document.activeElement);
    if (step.restore !== '' && field !== undefined) editField(field, (text) => withText(text, step.restore));
    if (step.scan !== undefined) {
      const { text, leaked } = step.scan;
      if (leaked > 0 && field !== undefined) editField(field, (before) => withoutLast(before, leaked));
      setTimeout(() => onScan(text), 0);
    }
    if (step.wakeAtMs !== undefined) timer = setTimeout(tick, Math.max(0, step.wakeAtMs - nowMs) + 1);
  };
  const tick = (): void => {
    const nowMs = performance.now();
    take(wedgeTick(state, nowMs, WEDGE_DEFAULTS), nowMs);
  };
  const keydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const editable = textField(page.document.activeElement) !== undefined;
    const { code, key, timeStamp: timeMs, shiftKey: shift, repeat } = event;
    const shortcut = event.ctrlKey || event.altKey || event.metaKey;
    const step = wedgeKey(state, { code, key, timeMs, editable, shift, shortcut, repeat }, WEDGE_DEFAULTS);
    if (step.swallow) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    take(step, timeMs);
  };

  page.addEventListener('keydown', keydown, { capture: true });
  return () => {
    clearTimeout(timer);
    page.removeEventListener('keydown', keydown, { capture: true });
  };
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

function textField(element: Element | null): TextField | undefined {
  if (element instanceof HTMLTextAreaElement) return element;
  if (element instanceof HTMLInputElement && !UNWRITABLE.has(element.type)) return element;
  return undefined;
}

const UNWRITABLE: ReadonlySet<string> = new Set(['button', 'checkbox', 'radio', 'submit', 'range', 'hidden']);

/** Through the prototype's setter and an input event, as typing does: the page's own state must hear of it. */
function editField(field: TextField, edit: (text: FieldText) => FieldText): void {
  const end = field.value.length; // types without a selection (e-mail) write at the end
  const after = edit({ value: field.value, start: field.selectionStart ?? end, end: field.selectionEnd ?? end });
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, after.value);
  if (field.selectionStart !== null) field.setSelectionRange(after.start, after.end);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
