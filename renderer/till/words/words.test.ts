import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '../../../loyalty/refusals.ts';
import messages from '../messages/en.json' with { type: 'json' };
import { refusalWords } from './refusal-words.ts';
import { formatDate, formatWhen } from './when.ts';

const say = (id: keyof typeof messages, values?: Readonly<Record<string, string | number>>): string =>
  createIntl({ locale: 'en', messages }).formatMessage({ id }, values);

describe('texts', () => {
  it('have a sentence of their own for every refusal of the programme but the one that names a field', () => {
    const without = REFUSAL_CODES.filter(
      (code) => refusalWords({ code, message: 'the engine’s' }, say) === 'the engine’s',
    );
    expect(without).toEqual(['invalid-request']);
  });

  it('fall back to the engine’s sentence for a code that they do not know', () => {
    expect(refusalWords({ code: 'toString', message: 'The engine’s.' }, say)).toBe('The engine’s.');
  });

  it('are all valid ICU messages', () => {
    const errors: unknown[] = [];
    const intl = createIntl({ locale: 'en', messages, onError: (error) => errors.push(error.message) });
    for (const [id, text] of Object.entries(messages)) {
      const values = Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map(([, name]) => [name, 2]));
      intl.formatMessage({ id }, values);
    }
    expect(errors).toEqual([]);
  });
});

describe('times', () => {
  const format = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
  const at = Date.parse('2026-03-02T23:30:00Z');

  it('leave the date away on the same day of the store, not of this machine', () => {
    expect(formatWhen(at, Date.parse('2026-03-03T10:00:00Z'), format)).toBe('00:30');
    expect(formatWhen(at, Date.parse('2026-03-02T22:00:00Z'), format)).toBe('3 Mar, 00:30');
  });

  it('write a business date as it is, in every zone', () => {
    expect(formatDate('2026-03-02', 'en-GB')).toBe('Mon 2 Mar');
  });
});
