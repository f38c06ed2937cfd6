import type { PatternNode } from './pattern.ts';

/** Runs a pattern by keeping every state that it can be in, character by character: at most states × characters steps. */

/** `a{100}{100}` is short to write and long to run. */
export const PATTERN_STATES_MAX = 2_000;

/** Whether the whole of a text matches. */
export type Matcher = (text: string) => boolean;

type State =
  | { readonly kind: 'character'; readonly matches: (character: string) => boolean; readonly next: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'split'; readonly next: number[] }
  | { readonly kind: 'accept' };

/** Undefined where the pattern needs more than PATTERN_STATES_MAX states. */
export function matcherOf(node: PatternNode): Matcher | undefined {
  if (sizeOf(node) > PATTERN_STATES_MAX) return undefined;
  const states: State[] = [{ kind: 'accept' }];
  const first = build(states, node, 0);
  return (text) => matchesWhole(states, first, [...text]);
}

function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'character':
    case 'start':
    case 'end':
      return 1;
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'repeat':
      return (sizeOf(node.part) + 1) * Math.max(1, node.most === Number.POSITIVE_INFINITY ? node.least + 1 : node.most);
    default:
      return node satisfies never;
  }
}

/** Adds the states of a node that go on to `next`, and answers where they begin. */
function build(states: State[], node: PatternNode, next: number): number {
  switch (node.kind) {
    case 'character':
      return states.push({ kind: 'character', matches: node.matches, next }) - 1;
    case 'start':
    case 'end':
      return states.push({ kind: node.kind, next }) - 1;
    case 'sequence':
      return node.parts.reduceRight((after, part) => build(states, part, after), next);
    case 'choice':
      return states.push({ kind: 'split', next: node.parts.map((part) => build(states, part, next)) }) - 1;
    case 'repeat':
      return buildRepeat(states, node, next);
    default:
      return node satisfies never;
  }
}

type Repeat = Extract<PatternNode, { readonly kind: 'repeat' }>;

function buildRepeat(states: State[], { part, least, most }: Repeat, next: number): number {
  let at = next;
  if (most === Number.POSITIVE_INFINITY) {
    const again: number[] = [next];
    at = states.push({ kind: 'split', next: again }) - 1;
    again.push(build(states, part, at));
  } else {
    for (let optional = least; optional < most; optional += 1) {
      at = states.push({ kind: 'split', next: [next, build(states, part, at)] }) - 1;
    }
  }
  for (let needed = 0; needed < least; needed += 1) at = build(states, part, at);
  return at;
}

function matchesWhole(states: readonly State[], first: number, characters: readonly string[]): boolean {
  let active = reached(states, [first], 0, characters.length);
  for (const [index, character] of characters.entries()) {
    const moved = [...active].flatMap((at) => {
      const state = states[at];
      return state?.kind === 'character' && state.matches(character) ? [state.next] : [];
    });
    active = reached(states, moved, index + 1, characters.length);
  }
  return active.has(0);
}

/** All states that these lead to without a character, at that position. */
function reached(states: readonly State[], from: readonly number[], position: number, end: number): Set<number> {
  const found = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    const state = states[at];
    if (state?.kind === 'split') open.push(...state.next);
    else if (state?.kind === 'start' && position === 0) open.push(state.next);
    else if (state?.kind === 'end' && position === end) open.push(state.next);
  }
  return found;
}
