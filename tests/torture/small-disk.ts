/** Room that any machine has: torture is not about a full disk, and a ballast of 64 MB for each folder would be. */
export const SMALL_DISK = { warn: 4_096, extras: 4_096, ballast: 4_096, least: 1_024 };
