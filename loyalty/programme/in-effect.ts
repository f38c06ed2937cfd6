import type { BusinessDate } from '../../base/business-date.ts';

/**
 * The version that a sale of this business date uses: the highest `version` whose `effectiveFrom` is not after it (fine print
 * 13). Undefined where none is in effect: the sale is `invalid-request`.
 */
export function programmeInEffect<Version extends { readonly version: number; readonly effectiveFrom: BusinessDate }>(
  versions: readonly Version[],
  businessDate: BusinessDate,
): Version | undefined {
  return versions
    .filter(({ effectiveFrom }) => effectiveFrom <= businessDate)
    .reduce<Version | undefined>(
      (newest, candidate) => (newest === undefined || candidate.version > newest.version ? candidate : newest),
      undefined,
    );
}
