/** What a text field holds and where its caret is. Pure edits, so that the listener only carries them over. */
export type FieldText = { readonly value: string; readonly start: number; readonly end: number };

/** Without the last `count` characters before the caret: what a scan wrote into the field before it was known to be one. */
export function withoutLast(field: FieldText, count: number): FieldText {
  const start = Math.max(0, field.start - count);
  return { value: field.value.slice(0, start) + field.value.slice(field.start), start, end: start };
}

/** With `text` in place of what is selected: keys that were held back and were typing after all. */
export function withText(field: FieldText, text: string): FieldText {
  const caret = field.start + text.length;
  return { value: field.value.slice(0, field.start) + text + field.value.slice(field.end), start: caret, end: caret };
}
