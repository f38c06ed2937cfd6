/** The till's screen without a page: its use cases over the real engine and the real wire, with a clock and a connection that the test holds. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { vi } from 'vitest';
import type { CommandId } from '../../../base/ids.ts';
import { serveConnection, type Connection } from '../../../till/transport/connection.ts';
import { newCommand, openTestTill, type TestTill } from '../../../till/testing/test-till.ts';
import { commandJournal } from '../engine/command-journal.ts';
import { engineClient } from '../engine/engine-client.ts';
import type { Transport, TransportEvents } from '../engine/transport.ts';
import { createTillStore, type TillState, type TillStore } from '../state/till-state.ts';
import type { AppContext, ToastMessage } from '../use-cases/context.ts';
import { createActions, startTill, type Actions } from '../use-cases/start-till.ts';
import { ALMA_CARD, BENNO_CARD, EXAMPLE_CATALOGUE, EXAMPLE_PROGRAMME } from './example-shop.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';

export type Wire = Transport & {
  /** From now on nothing that the engine says comes through, as when it dies with the answer on its lips. */
  deafen(): void;
  /** The engine is gone, and back with a new connection. */
  reconnect(): void;
};

export type TestScreen = {
  readonly till: TestTill;
  readonly store: TillStore;
  readonly actions: Actions;
  readonly clock: ManualClock;
  readonly wire: Wire;
  readonly toasts: ToastMessage[];
  readonly storage: Map<string, string>;
  /** Waits until the state is so. */
  until(what: (state: TillState) => boolean): Promise<TillState>;
  /** Lets the quote of what is in the basket come. */
  quoted(): Promise<TillState>;
  close(): Promise<void>;
};

export async function openScreen(
  options: { till?: TestTill; storage?: Map<string, string> } = {},
): Promise<TestScreen> {
  const till = options.till ?? (await openShop());
  const storage = options.storage ?? new Map<string, string>();
  const clock = manualClock();
  const wire = engineWire(till);
  const engine = engineClient(wire, clock);
  const store = createTillStore();
  const toasts: ToastMessage[] = [];
  const app: AppContext = {
    callEngine: engine.callEngine,
    store,
    journal: commandJournal({
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
      removeItem: (key) => void storage.delete(key),
    }),
    clock,
    newCommandId: () => randomUUID() as string as CommandId, // as the page makes them
    toast: (_tone, message) => void toasts.push(message),
  };
  const actions = createActions(app);
  startTill(app, engine);
  const until = async (what: (state: TillState) => boolean): Promise<TillState> => {
    await vi.waitFor(() => {
      if (!what(store.getState())) throw new Error('not yet');
    }, 10_000);
    return store.getState();
  };
  await until((state) => state.catalogue.loaded && state.status.status !== null);
  return {
    till,
    store,
    actions,
    clock,
    wire,
    toasts,
    storage,
    until,
    quoted: () => {
      clock.pass(1_000);
      return until(({ sale }) => sale.quoted?.revision === sale.revision);
    },
    close: () => till.close(),
  };
}

async function openShop(): Promise<TestTill> {
  const till = await openTestTill({ programme: EXAMPLE_PROGRAMME });
  till.engine.parts.store.members.putDocument('catalogue', JSON.stringify({ version: 1, items: EXAMPLE_CATALOGUE }));
  const nobody = { phone: null, email: null, birthday: null };
  const alma = await till.ask('member.enrol', { command: newCommand(), card: ALMA_CARD, firstName: 'Alma', ...nobody });
  await till.ask('member.enrol', { command: newCommand(), card: BENNO_CARD, firstName: 'Benno', ...nobody });
  await till.ask('sale.commit', {
    command: newCommand(),
    member: alma.member,
    lines: [{ sku: 'CAT', quantity: '1', unitPrice: 12_450 }],
    redeem: [],
    reference: null,
    expectedDue: null,
  });
  return till;
}

/** Frames are cloned on their way, as a port does. */
function engineWire(till: TestTill): Wire {
  let events: TransportEvents | undefined;
  let connection: Connection | undefined;
  let deaf = false;
  const connect = (): void => {
    deaf = false;
    const own = serveConnection({
      engine: till.engine,
      log: pino({ level: 'silent' }),
      send: (message) => (deaf || connection !== own ? undefined : events?.frame(structuredClone(message))),
    });
    connection = own;
    events?.up((message) => own.receive(structuredClone(message)));
  };
  const reconnect = (): void => {
    connection?.close();
    events?.down('away');
    connect();
  };
  return {
    start: (given) => {
      events = given;
      connect();
    },
    renew: reconnect,
    deafen: () => {
      deaf = true;
    },
    reconnect,
  };
}
