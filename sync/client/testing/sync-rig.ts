/** A till in memory, a head office that can fail, and the loop between them with timers in the test's hand. */
import type { MemberId } from '../../../base/ids.ts';
import { NEW_MEMBER_STATE } from '../../../ledger/member-state.ts';
import type { Fetch } from '../http.ts';
import { createSyncLoop, type SyncLoop } from '../sync-loop.ts';
import { manualTimers, type ManualTimers } from './manual-timers.ts';
import { memoryTill, type MemoryTill } from './memory-till.ts';
import { protocolServer, type ProtocolServer } from './protocol-server.ts';

export const PULL_EVERY_MS = 2_000;

export type SyncRig = {
  readonly server: ProtocolServer;
  readonly till: MemoryTill;
  readonly timers: ManualTimers;
  readonly loop: SyncLoop;
  /** The till's wall clock, ms. Set apart from this machine's, it makes tokens that head office refuses. */
  readonly clock: { now: number };
  readonly errors: unknown[];
  /** How often the loop said that something changed. */
  readonly told: { times: number; whenTold: () => void };
  close(): Promise<void>;
};

export async function openSyncRig(
  options: { readonly fetch?: Fetch; readonly random?: () => number } = {},
): Promise<SyncRig> {
  const server = await protocolServer();
  const till = memoryTill(server.url);
  const { inc } = till.identity;
  server.register({ inc, publicKey: till.publicKey, genesis: till.genesis });
  const timers = manualTimers();
  const clock = { now: Date.now() };
  const errors: unknown[] = [];
  const told = { times: 0, whenTold: () => undefined };
  const loop = createSyncLoop({
    identity: till.identity,
    entries: till.entries,
    feed: till.feed,
    fetch: options.fetch ?? fetch,
    pullEveryMs: PULL_EVERY_MS,
    timers,
    now: () => clock.now,
    random: options.random ?? (() => 1),
    changed: () => {
      told.times += 1;
      told.whenTold();
    },
    onError: (error) => errors.push(error),
  });
  server.whenSilent = () => timers.passSilence();
  const close = async (): Promise<void> => {
    await loop.close();
    await server.close();
  };
  return { server, till, timers, loop, clock, errors, told, close };
}

/** A row of the feed as head office sends it, without its position. */
export function memberRow(name: string, version = 1): object {
  const profile = {
    displayName: name,
    birthday: null,
    segments: [],
    joined: '2026-01-01',
    blocked: false,
    phoneHash: null,
    emailHash: null,
  };
  return {
    kind: 'member',
    member: name as MemberId,
    version,
    profile,
    cards: [],
    state: NEW_MEMBER_STATE,
    includes: [],
    recall: null,
  }; // a name of the tests
}
