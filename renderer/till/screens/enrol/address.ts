/** The address of head office as typed; undefined where it is none that begins with http:// or https://. */
export function parseAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^https?:\/\/[^\s/]/i.test(text)) return undefined;
  return URL.canParse(text) ? text : undefined;
}
