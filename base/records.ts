/** The entries of a record whose keys are ids. */
export function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]; // Object.entries forgets the keys' brand
}
