/** A programme's own id as people read it: `coffee-pass` becomes `Coffee pass`. Ids that are words already stay. */
export function readable(id: string): string {
  const words = id.replaceAll(/[-_]+/g, ' ').trim();
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1);
}
