import { describe, expect, it } from 'vitest';
import { qrDotsPerModule } from './qr-size.ts';

describe('size of a QR code', () => {
  it('is as large as the paper allows, up to 6 dots a module', () => {
    // 14 bytes: 21 modules. 213 bytes: version 10, 57. 512 bytes: version 18, 89. Each with 8 quiet modules.
    expect([14, 213, 512].map((bytes) => qrDotsPerModule('x'.repeat(bytes), 384))).toEqual([6, 5, 3]);
    expect(qrDotsPerModule('é'.repeat(256), 576)).toBe(5);
  });
});
