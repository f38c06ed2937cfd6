import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { present } from '../../../base/assert.ts';
import type { IncarnationId } from '../../../base/ids.ts';
import { openTestTill, type TestTill } from '../../testing/test-till.ts';
import { openStreamCare, type StreamCare } from './stream-care.ts';

describe('a till that hears that its stream must be left', () => {
  let till: TestTill;
  let care: StreamCare;
  let inc: IncarnationId;
  beforeEach(async () => {
    till = await openTestTill();
    inc = present(till.engine.parts.stream(), 'it is enrolled').inc;
    care = openStreamCare(
      () => till.engine.parts,
      () => undefined,
    );
  });
  afterEach(() => till.close());

  const stop = (): unknown => till.engine.parts.stream()?.redemptionStop;

  it('redeems nothing any more, whatever the reason', () => {
    care.told(inc, { kind: 'forked', seq: 1 });
    expect(stop()).toBe('copied');
    expect(till.engine.parts.store.troubles.find(inc)).toMatchObject({ why: 'forked', branchFrom: 1 });
  });

  it('stops also where a power cut came between the note and the stop: it is asked to enrol again, and its branch is adopted', () => {
    till.engine.parts.store.troubles.note(inc, { why: 'forked', branchFrom: 1, brokenFrom: null }); // all that the cut left
    expect(stop()).toBeNull();
    care.told(inc, { kind: 'forked', seq: 1 });
    expect(stop()).toBe('copied');
  });

  it('keeps a stop that it had for another reason', () => {
    till.engine.parts.store.streams.stopRedemptions(inc, 'damaged');
    care.told(inc, { kind: 'twin' });
    expect(stop()).toBe('damaged');
  });
});
