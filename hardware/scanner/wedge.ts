import { z } from 'zod';
import { decodeKey, isOneCharacter } from './key-decode.ts';
import { SCAN_CODE_CHARS_MAX } from './code.ts';

/**
 * Tells a keyboard-wedge scan from typing, by the time between keys alone (or by a prefix key, which makes it certain).
 * A pure state machine: the caller feeds it every `keydown` of the window in the capture phase, calls `wedgeTick` at
 * `wakeAtMs`, prevents and stops each key that it says to swallow, takes `leaked` characters back out of the focused field when
 * a scan is found, and types `restore` into it where keys held back were typing after all.
 */
export const wedgeConfigSchema = z.strictObject({
  /** Scanners send a character every 5 to 30 ms; nobody types four characters in a row at that speed. */
  medianGapMsMax: z.int().min(5).max(100).default(35),
  /** A longer gap ends the run. */
  gapMsMax: z.int().min(10).max(500).default(100),
  /** Silence that ends a scan without Enter or Tab. */
  idleMs: z.int().min(20).max(1_000).default(120),
  charsMin: z.int().min(2).max(20).default(4),
  /** `KeyboardEvent.code` of a key that the scanner is set to send first, e.g. `F13`. */
  prefixCode: z.string().min(1).max(32).optional(),
});
export type WedgeConfig = z.infer<typeof wedgeConfigSchema>;
export const WEDGE_DEFAULTS: WedgeConfig = wedgeConfigSchema.parse({});

/** A late or second suffix (CR, then LF) of the scan before must not press a button either. */
export const SUFFIX_GRACE_MS = 200;

export type WedgeKey = {
  /** `KeyboardEvent.code`, the physical key. */
  readonly code: string;
  readonly key: string;
  /** Any monotonic clock in milliseconds, e.g. `event.timeStamp`. */
  readonly timeMs: number;
  /** The focused element takes text. */
  readonly editable: boolean;
  readonly shift?: boolean;
  /** Ctrl, Alt or Meta is held. */
  readonly shortcut?: boolean;
  /** The key is held down and repeats by itself. */
  readonly repeat?: boolean;
};

export type Scan = {
  /** As scanned, at most one character over the limit so that `parseCardCode` refuses what is too long. */
  readonly text: string;
  /** Characters that landed in the focused field before the run was known to be a scan. */
  readonly leaked: number;
  readonly endedBy: 'suffix' | 'idle';
  /** For the calibration screen. */
  readonly medianGapMs: number;
};

type Stroke = {
  readonly char: string;
  /** What the key writes into a field under the system's layout; empty where nothing. */
  readonly typed: string;
  readonly gapMs: number;
  readonly swallowed: boolean;
};

export type WedgeState = {
  readonly strokes: readonly Stroke[];
  /** The prefix key came first: all is held back until the run ends. */
  readonly prefixed: boolean;
  readonly lastMs: number;
  /** A suffix up to this time belongs to the scan before it. */
  readonly graceUntilMs: number;
};

export type WedgeStep = {
  readonly state: WedgeState;
  /** preventDefault and stopPropagation for the key just fed. */
  readonly swallow: boolean;
  /** A scan that ended with this key or before it. */
  readonly scan: Scan | undefined;
  readonly restore: string;
  /** Call `wedgeTick` at this time unless a key comes first. */
  readonly wakeAtMs: number | undefined;
};

export const WEDGE_START: WedgeState = {
  strokes: [],
  prefixed: false,
  lastMs: Number.NEGATIVE_INFINITY,
  graceUntilMs: Number.NEGATIVE_INFINITY,
};

const SILENT_KEYS: ReadonlySet<string> = new Set(
  'Shift CapsLock NumLock ScrollLock Control Alt AltGraph Meta Fn FnLock'.split(' '),
);

export function wedgeKey(state: WedgeState, key: WedgeKey, config: WedgeConfig): WedgeStep {
  if (SILENT_KEYS.has(key.key)) return step(state, config, {});
  const gapMs = Math.max(0, key.timeMs - state.lastMs);
  const suffix = isSuffix(key);
  if (isRunning(state) && gapMs > (suffix ? config.idleMs : config.gapMsMax)) {
    const before = end(state, 'idle', config);
    const now = take(before.state, key, suffix, config);
    return { ...now, scan: before.scan, restore: before.restore + now.restore };
  }
  return take(state, key, suffix, config);
}

/** Ends a run that has been silent for `idleMs`; a call that comes too early changes nothing. */
export function wedgeTick(state: WedgeState, timeMs: number, config: WedgeConfig): WedgeStep {
  return isRunning(state) && timeMs - state.lastMs >= config.idleMs
    ? end(state, 'idle', config)
    : step(state, config, {});
}

function take(state: WedgeState, key: WedgeKey, suffix: boolean, config: WedgeConfig): WedgeStep {
  if (suffix) return takeSuffix(state, key, config);
  if (key.code === config.prefixCode && key.repeat !== true) {
    const before = end(state, 'idle', config);
    const prefixed = { ...WEDGE_START, prefixed: true, strokes: [prefixStroke(key)], lastMs: key.timeMs };
    return step(prefixed, config, { ...before, swallow: true });
  }
  const char =
    key.shortcut === true || key.repeat === true ? undefined : decodeKey(key.code, key.key, key.shift === true);
  if (char === undefined) return end(state, 'idle', config);
  return takeCharacter(state, key, char, config);
}

function takeCharacter(state: WedgeState, key: WedgeKey, char: string, config: WedgeConfig): WedgeStep {
  const gapMs = isRunning(state) ? Math.max(0, key.timeMs - state.lastMs) : 0;
  const typed = key.editable && isOneCharacter(key.key) ? key.key : '';
  const strokes = [...state.strokes, { char, typed, gapMs, swallowed: true }];
  const scanning = state.prefixed || isScan(strokes, config);
  if (scanning) {
    // One over the limit is kept, so that a code too long is refused as such; the rest of it is swallowed unread.
    const kept = strokes.slice(0, SCAN_CODE_CHARS_MAX + (state.prefixed ? 2 : 1));
    return step({ ...state, strokes: kept, lastMs: key.timeMs }, config, { swallow: true });
  }
  const restore = restored(state.strokes);
  const shown = strokes.map((stroke) => ({ ...stroke, swallowed: false })).slice(-SCAN_CODE_CHARS_MAX);
  return step({ ...state, strokes: shown, lastMs: key.timeMs }, config, { restore });
}

function takeSuffix(state: WedgeState, key: WedgeKey, config: WedgeConfig): WedgeStep {
  if (!isRunning(state)) return step(state, config, { swallow: key.timeMs <= state.graceUntilMs });
  const ended = end({ ...state, lastMs: key.timeMs }, 'suffix', config);
  return { ...ended, swallow: ended.scan !== undefined };
}

function end(state: WedgeState, endedBy: Scan['endedBy'], config: WedgeConfig): WedgeStep {
  const characters = state.prefixed ? state.strokes.slice(1) : state.strokes;
  const certain = state.prefixed && endedBy === 'suffix' && characters.length > 0;
  if (!certain && !isScan(characters, config)) {
    return step({ ...WEDGE_START, graceUntilMs: state.graceUntilMs }, config, { restore: restored(state.strokes) });
  }
  const scan = {
    text: characters.map((stroke) => stroke.char).join(''),
    leaked: characters.filter((stroke) => !stroke.swallowed && stroke.typed !== '').length,
    endedBy,
    medianGapMs: medianGapMs(characters),
  };
  return step({ ...WEDGE_START, graceUntilMs: state.lastMs + SUFFIX_GRACE_MS }, config, { scan });
}

function step(state: WedgeState, config: WedgeConfig, result: Partial<WedgeStep>): WedgeStep {
  return {
    state,
    swallow: result.swallow ?? false,
    scan: result.scan,
    restore: result.restore ?? '',
    wakeAtMs: isRunning(state) ? state.lastMs + config.idleMs : undefined,
  };
}

function isRunning(state: WedgeState): boolean {
  return state.strokes.length > 0;
}

function isScan(strokes: readonly Stroke[], config: WedgeConfig): boolean {
  return strokes.length >= config.charsMin && medianGapMs(strokes) <= config.medianGapMsMax;
}

/** The first stroke's gap is to whatever came before, so it does not count. */
function medianGapMs(strokes: readonly Stroke[]): number {
  const gaps = strokes.slice(1).map((stroke) => stroke.gapMs);
  gaps.sort((left, right) => left - right);
  const middle = gaps.length >> 1;
  const upper = gaps[middle] ?? 0;
  return gaps.length % 2 === 1 ? upper : ((gaps[middle - 1] ?? 0) + upper) / 2;
}

function restored(strokes: readonly Stroke[]): string {
  return strokes.map((stroke) => (stroke.swallowed ? stroke.typed : '')).join('');
}

function prefixStroke(key: WedgeKey): Stroke {
  const typed = key.editable && isOneCharacter(key.key) ? key.key : '';
  return { char: '', typed, gapMs: 0, swallowed: true };
}

/** Enter or Tab, or the control characters CR and LF as a scanner types them. */
function isSuffix(key: WedgeKey): boolean {
  if (key.shortcut === true) return key.code === 'KeyM' || key.code === 'KeyJ';
  return (
    key.code === 'Enter' || key.code === 'NumpadEnter' || key.code === 'Tab' || key.key === 'Enter' || key.key === 'Tab'
  );
}
