const DAY_MS = 86_400_000;

/** The last day of something whose end, `YYYY-MM-DD`, is the first on which it is over: what people are told. */
export function lastDayBefore(end: string): string {
  const at = Date.parse(`${end}T00:00:00Z`);
  return Number.isNaN(at) ? end : new Date(at - DAY_MS).toISOString().slice(0, 10);
}
