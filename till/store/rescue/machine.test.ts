import { describe, expect, it } from 'vitest';
import { isSameMachine, thisMachine } from './machine.ts';

describe('a machine', () => {
  it('is itself', () => {
    expect(isSameMachine(thisMachine(), thisMachine())).toBe(true);
  });

  it.each([
    [{ id: 'a', cards: [] }, { id: 'a', cards: ['1'] }, true],
    [{ id: 'a', cards: ['1', '2'] }, { id: 'a', cards: ['2', '3'] }, true],
    [{ id: null, cards: ['1'] }, { id: 'b', cards: ['1'] }, true],
    [{ id: null, cards: [] }, { id: 'b', cards: ['1'] }, true],
    [{ id: 'a', cards: ['1'] }, { id: 'b', cards: ['1'] }, false],
    [{ id: 'a', cards: ['1'] }, { id: 'a', cards: ['2'] }, false],
  ])('%j beside %j is the same: %j', (left, right, same) => {
    expect(isSameMachine(left, right)).toBe(same);
  });
});
