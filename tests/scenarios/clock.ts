/** The one clock of a scenario, of head office and all tills. */
export type ScenarioClock = { wall(): number; monotonic(): number; set(at: number): void };

/** Steps may be dated in any order, and what machines count since their start never goes back. */
export function scenarioClock(start: number): ScenarioClock {
  let now = start;
  let newest = start;
  return {
    wall: () => now,
    monotonic: () => newest - start,
    set: (at) => {
      now = at;
      newest = Math.max(newest, at);
    },
  };
}
