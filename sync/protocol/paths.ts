/** Where head office answers tills. */
export const ENROL_PATH = '/sync/v1/enrol';
export const PUSH_PATH = '/sync/v1/push';
export const FEED_PATH = '/sync/v1/feed';
export const ALLOWANCES_PATH = '/sync/v1/allowances';
export const REPORT_PATH = '/sync/v1/report';
export const SNAPSHOT_PATH = '/sync/v1/snapshot';
/** Followed by a slash and the hash of a chunk. */
export const SNAPSHOT_CHUNK_PATH = '/sync/v1/snapshot/chunk';
export const WAKE_PATH = '/sync/v1/wake';
/** Entries of an incarnation that a later one of its till vouches for. */
export const SALVAGE_PATH = '/sync/v1/salvage';
/** What head office has of the asking till's own entries. */
export const OWN_ENTRIES_PATH = '/sync/v1/own-entries';
/** Sums over ranges of the feed, and the rows of one range. */
export const CHECKSUMS_PATH = '/sync/v1/checksums';
export const CHECKSUM_ROWS_PATH = '/sync/v1/checksums/rows';
