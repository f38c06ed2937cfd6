import { describe, expect, it } from 'vitest';
import { normaliseEmail, normalisePhone } from './contact.ts';
import { normaliseName } from './name.ts';

describe('normalisePhone', () => {
  it('gives one form for every way to write a number', () => {
    const written = ['+49 170 1234567', '0049 (170) 1234567', '0170/1234567', '170-123.4567'];
    expect(new Set(written.map((text) => normalisePhone(text, '49')))).toEqual(new Set(['+491701234567']));
  });

  it.each(['', '12', 'phone', '+0123456789', '+1234567890123456'])('does not read %j', (text) => {
    expect(normalisePhone(text, '49')).toBeUndefined();
  });
});

describe('normaliseEmail', () => {
  it('is lower case without blanks around it', () => {
    expect(normaliseEmail(' Ada@Example.COM ')).toBe('ada@example.com');
  });

  it.each(['', 'ada', 'ada@', '@example.com', 'a b@example.com', 'ada@example', `${'a'.repeat(65)}@example.com`])(
    'does not read %j',
    (text) => {
      expect(normaliseEmail(text)).toBeUndefined();
    },
  );
});

describe('normaliseName', () => {
  it('finds a name without its accents, case and double blanks', () => {
    expect(['İlayda  Öz', 'IŞIL', 'Groß ', 'Zoë'].map(normaliseName)).toEqual(['ilayda oz', 'isil', 'gross', 'zoe']);
  });
});
