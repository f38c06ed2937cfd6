import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  WEDGE_DEFAULTS,
  WEDGE_START,
  wedgeConfigSchema,
  wedgeKey,
  wedgeTick,
  type Scan,
  type WedgeConfig,
  type WedgeKey,
} from './wedge.ts';

type Pressed = Partial<WedgeKey> & { readonly code: string; readonly gapMs: number };

/** Presses keys as a window would, with the timer that fires between them, and says what a user would see. */
function press(keys: readonly Pressed[], config: WedgeConfig = WEDGE_DEFAULTS) {
  let state = WEDGE_START;
  let wakeAtMs: number | undefined;
  let timeMs = 1_000;
  const scans: Scan[] = [];
  let field = '';
  const passed: string[] = [];
  const heard = (step: ReturnType<typeof wedgeTick>) => {
    state = step.state;
    wakeAtMs = step.wakeAtMs;
    field += step.restore;
    if (step.scan === undefined) return;
    scans.push(step.scan);
    if (step.scan.leaked > 0) field = field.slice(0, -step.scan.leaked);
  };
  const sleepUntil = (endMs: number) => {
    if (wakeAtMs !== undefined && wakeAtMs <= endMs) heard(wedgeTick(state, wakeAtMs, config));
    timeMs = endMs;
  };
  for (const { gapMs, ...rest } of keys) {
    sleepUntil(timeMs + gapMs);
    const key = { key: defaultKey(rest.code, rest.shift === true), editable: true, timeMs, ...rest };
    const step = wedgeKey(state, key, config);
    heard(step);
    if (step.swallow) continue;
    passed.push(rest.code);
    if (key.key.length === 1 && key.editable && key.shortcut !== true) field += key.key;
  }
  sleepUntil(timeMs + 1_000);
  return { scans: scans.map((scan) => scan.text), scan: scans[0], field, passed };
}

function defaultKey(code: string, shift: boolean): string {
  const letter = /^Key(.)$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? code;
}

const digits = (text: string, gapMs: number): Pressed[] =>
  Array.from(text).map((digit) => ({ code: `Digit${digit}`, gapMs }));
const enter = (gapMs: number): Pressed => ({ code: 'Enter', gapMs });

describe('keyboard wedge', () => {
  it('finds a scan that ends in Enter, cleans the field and keeps Enter from the button', () => {
    const result = press([...digits('2900000000018', 12), enter(12)]);
    expect(result).toEqual({
      scans: ['2900000000018'],
      scan: { text: '2900000000018', leaked: 3, endedBy: 'suffix', medianGapMs: 12 },
      field: '',
      passed: ['Digit2', 'Digit9', 'Digit0'],
    });
  });

  it('finds a scan without a suffix after the silence', () => {
    expect(press(digits('96385074', 20)).scan).toEqual({
      text: '96385074',
      leaked: 3,
      endedBy: 'idle',
      medianGapMs: 20,
    });
  });

  it('leaks nothing where the focus takes no text', () => {
    const keys = digits('96385074', 20).map((key) => ({ ...key, editable: false }));
    expect(press(keys).scan).toEqual({ text: '96385074', leaked: 0, endedBy: 'idle', medianGapMs: 20 });
  });

  it('leaves what was typed before the scan where it was', () => {
    const result = press([
      { code: 'KeyA', gapMs: 0 },
      ...digits('2900', 200).slice(0, 1),
      ...digits('900000000018', 10),
      enter(10),
    ]);
    expect(result).toMatchObject({ scans: ['2900000000018'], field: 'a' });
  });

  it('reads physical keys, whatever the layout and CapsLock make of them', () => {
    const azerty: Pressed[] = [
      { code: 'ShiftLeft', key: 'Shift', gapMs: 10 },
      { code: 'KeyQ', key: 'a', shift: true, gapMs: 5 },
      { code: 'Digit2', key: 'é', gapMs: 10 },
      { code: 'Digit9', key: 'ç', gapMs: 10 },
      { code: 'Minus', key: ')', gapMs: 10 },
      { code: 'Numpad7', key: '7', gapMs: 10 },
    ];
    expect(press([...azerty, enter(10)]).scans).toEqual(['Q29-7']);
  });

  it('finds several scans in a row, with or without a suffix', () => {
    const first = digits('11111', 10);
    const second = digits('22222', 10);
    expect(press([...first, enter(10), ...second, enter(10)]).scans).toEqual(['11111', '22222']);
    expect(press([...first, { code: 'Digit2', gapMs: 150 }, ...second]).scans).toEqual(['11111', '222222']);
  });

  it('finds the scan also where the timer was late', () => {
    let state = WEDGE_START;
    const at = (timeMs: number): WedgeKey => ({ code: 'Digit1', key: '1', timeMs, editable: false });
    for (const timeMs of [0, 10, 20, 30]) state = wedgeKey(state, at(timeMs), WEDGE_DEFAULTS).state;
    const late = wedgeKey(state, at(5_000), WEDGE_DEFAULTS);
    expect({ scan: late.scan?.text, strokes: late.state.strokes.length }).toEqual({ scan: '1111', strokes: 1 });
  });

  it.each<[string, Pressed]>([
    ['a second Enter', enter(5)],
    ['a line feed typed as Ctrl+J', { code: 'KeyJ', key: 'j', shortcut: true, gapMs: 5 }],
    ['a late Enter', enter(150)],
  ])('lets no button be pressed by %s after a scan', (_, suffix) => {
    expect(press([...digits('96385074', 10), enter(10), suffix]).passed).not.toContain(suffix.code);
  });

  it('gives Enter back to the user soon after a scan', () => {
    expect(press([...digits('96385074', 10), enter(10), enter(400)]).passed).toContain('Enter');
  });

  it('leaves an Enter after typing alone', () => {
    expect(press([...digits('1234', 150), enter(150)])).toMatchObject({
      scans: [],
      field: '1234',
      passed: ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Enter'],
    });
  });

  it('gives back keys that it held, when a fast start turns out to be typing', () => {
    const rolled = [...digits('1234', 15), ...digits('56789', 95)];
    expect(press(rolled)).toMatchObject({ scans: [], field: '123456789' });
  });

  it('does not take a key held down for a scan', () => {
    const held: Pressed[] = Array.from({ length: 30 }, (_, index) => ({
      code: 'Digit0',
      gapMs: 30,
      repeat: index > 0,
    }));
    expect(press(held)).toMatchObject({ scans: [], field: '0'.repeat(30) });
  });

  it('ends a run at a shortcut or an editing key', () => {
    expect(
      press([...digits('12', 10), { code: 'KeyC', key: 'c', shortcut: true, gapMs: 10 }, ...digits('34', 10)]).scans,
    ).toEqual([]);
    expect(
      press([...digits('12', 10), { code: 'Backspace', key: 'Backspace', gapMs: 10 }, ...digits('34', 10)]).scans,
    ).toEqual([]);
  });

  it('keeps a scan within bounds and over the limit, so that it is refused as too long', () => {
    expect(press([...digits('1'.repeat(5_000), 5), enter(5)]).scans).toEqual(['1'.repeat(65)]);
  });

  describe('with a prefix key', () => {
    const config = wedgeConfigSchema.parse({ prefixCode: 'Backquote' });
    const prefix: Pressed = { code: 'Backquote', key: '`', gapMs: 50 };

    it('is certain from the first character: nothing leaks', () => {
      expect(press([prefix, ...digits('42', 60), enter(60)], config)).toEqual({
        scans: ['42'],
        scan: { text: '42', leaked: 0, endedBy: 'suffix', medianGapMs: 60 },
        field: '',
        passed: [],
      });
    });

    it('gives the prefix back to who types it', () => {
      expect(press([prefix, ...digits('42', 300)], config)).toMatchObject({ scans: [], field: '`42' });
    });

    it('finishes the scan before it', () => {
      expect(
        press([prefix, ...digits('11111', 5), { ...prefix, gapMs: 5 }, ...digits('22222', 5), enter(5)], config).scans,
      ).toEqual(['11111', '22222']);
    });
  });

  it('finds every scan at 5 to 30 ms a key, wherever the focus is', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{4,64}$/),
        fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 65, maxLength: 65 }),
        fc.boolean(),
        fc.boolean(),
        (text, gaps, editable, suffix) => {
          const keys = [...digits(text, 0), ...(suffix ? [enter(0)] : [])].map((key, index) => ({
            ...key,
            gapMs: gaps[index] ?? 5,
            editable,
          }));
          const result = press(keys);
          expect(result).toMatchObject({ scans: [text], field: '' });
          expect(result.passed).not.toContain('Enter');
        },
      ),
    );
  });

  it('never takes typing at 120 ms a key or slower for a scan, and holds no key back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ digit: fc.integer({ min: 0, max: 9 }), gapMs: fc.integer({ min: 120, max: 2_000 }) }), {
          maxLength: 40,
        }),
        (typed) => {
          const keys = typed.map(({ digit, gapMs }) => ({ code: `Digit${digit}`, gapMs }));
          const result = press([...keys, enter(120)]);
          expect(result).toMatchObject({ scans: [], field: typed.map(({ digit }) => digit).join('') });
          expect(result.passed).toHaveLength(typed.length + 1);
        },
      ),
    );
  });

  it('loses no character of what was no scan, at any speed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ digit: fc.integer({ min: 0, max: 9 }), gapMs: fc.integer({ min: 0, max: 200 }) }), {
          maxLength: 40,
        }),
        (typed) => {
          const result = press(typed.map(({ digit, gapMs }) => ({ code: `Digit${digit}`, gapMs })));
          const all = typed.map(({ digit }) => digit).join('');
          const kept = result.scans.reduce((sum, text) => sum + text.length, result.field.length);
          expect(kept).toBe(all.length);
        },
      ),
    );
  });
});
