import { decodeJwt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifier } from '../../base/node/signing.ts';
import { TILL_TOKEN_AUDIENCE, TILL_TOKEN_VALID_SECONDS, tillTokenClaimsSchema } from '../protocol/enrolment.ts';
import { memoryTill } from './testing/memory-till.ts';
import { tokenSource } from './token.ts';

const NOON_MS = Date.UTC(2026, 5, 15, 12);
const NOON = NOON_MS / 1000;
const till = memoryTill('http://127.0.0.1:1');

/** `iat` of the token that is in use, seconds. */
const datedAt = (source: ReturnType<typeof tokenSource>): number | undefined => decodeJwt(source.token()).iat;

describe('a till’s token', () => {
  it('is signed by the incarnation’s key over what head office asks for, and says nothing else', async () => {
    const token = tokenSource(till.identity, () => NOON_MS + 999).token();
    const { payload, protectedHeader } = await jwtVerify(token, verifier(till.publicKey).key, {
      audience: TILL_TOKEN_AUDIENCE,
      currentDate: new Date(NOON_MS),
    });
    expect(protectedHeader).toEqual({ alg: 'EdDSA' });
    expect(payload).toEqual({
      iss: till.identity.inc,
      sub: till.identity.till,
      aud: TILL_TOKEN_AUDIENCE,
      iat: NOON,
      exp: NOON + TILL_TOKEN_VALID_SECONDS,
    });
    expect(tillTokenClaimsSchema.parse(payload)).toEqual(payload);
    await expect(jwtVerify(token, verifier(memoryTill('http://127.0.0.1:1').publicKey).key)).rejects.toThrow(
      'signature verification failed',
    );
  });

  it('is kept until a minute before its end', () => {
    const clock = { now: NOON_MS };
    const source = tokenSource(till.identity, () => clock.now);
    const first = source.token();
    clock.now += (TILL_TOKEN_VALID_SECONDS - 61) * 1000;
    expect(source.token()).toBe(first);
    clock.now += 1_000;
    expect(datedAt(source)).toBe(NOON + TILL_TOKEN_VALID_SECONDS - 60);
  });

  it('is made anew where the clock was set back: nobody accepts one of tomorrow', () => {
    const clock = { now: NOON_MS };
    const source = tokenSource(till.identity, () => clock.now);
    source.token();
    clock.now -= 86_400_000;
    expect(datedAt(source)).toBe(NOON - 86_400);
  });

  it('is dated by head office’s clock where ours is why it was refused, and by ours where it is right again', () => {
    const clock = { now: NOON_MS };
    const source = tokenSource(till.identity, () => clock.now);
    const hour = 3_600_000;
    expect(source.refused(NOON_MS + hour)).toBe(true);
    expect(datedAt(source)).toBe(NOON + 3_600);
    clock.now += hour;
    expect(source.refused(NOON_MS + hour)).toBe(true);
    expect(datedAt(source)).toBe(NOON + 3_600);
  });

  it.each([
    ['tells no time', null],
    ['has the same time', NOON_MS],
    ['is a few seconds off', NOON_MS - 29_000],
  ])('is not worth another try where head office %s', (_name, headOfficeNow) => {
    const source = tokenSource(till.identity, () => NOON_MS);
    expect(source.refused(headOfficeNow)).toBe(false);
    expect(datedAt(source)).toBe(NOON);
  });

  it('is tried once with head office’s clock, and not again and again', () => {
    const source = tokenSource(till.identity, () => NOON_MS);
    const answers = [1, 2].map(() => source.refused(NOON_MS + 3_600_000));
    expect(answers).toEqual([true, false]);
  });
});
