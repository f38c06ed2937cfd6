/**
 * The real till engine behind the real browser host, with the example café in it and nobody at head office. What cannot be brought about
 * on a desk (a line that is down since ten, a printer without paper, a warning) is laid over its status, and over nothing else.
 */
import { pino } from 'pino';
import type { TillEventName } from '../../../till/contract/calls.ts';
import type { TillStatus } from '../../../till/contract/shapes.ts';
import { startBrowserHost, type BrowserHost } from '../../../till/hosts/browser-host.ts';
import { newCommand, openTestTill, type TestTill } from '../../../till/testing/test-till.ts';
import { ALMA_CARD, BENNO_CARD, EXAMPLE_CATALOGUE, EXAMPLE_MEMBERS, EXAMPLE_PROGRAMME } from './example-shop.ts';

export type StagedTill = {
  readonly host: BrowserHost;
  readonly till: TestTill;
  /** Every later status has these fields instead of the engine's. */
  overlay(fields: Partial<TillStatus>): void;
  /** Sends an event as the engine would. */
  emit(name: TillEventName, payload: unknown): void;
  /** Calls are held until `release`; answers `hold` to be told how many wait. */
  hold(name: string): { release(): void };
  close(): Promise<void>;
};

export async function stageTill(options: {
  rendererFolder: string;
  port?: number;
  enrolled?: boolean;
}): Promise<StagedTill> {
  const till = await openTestTill({
    programme: EXAMPLE_PROGRAMME,
    config: {
      exampleCards: [
        { card: ALMA_CARD, label: 'Alma, many points' },
        { card: BENNO_CARD, label: 'Benno, just begun' },
      ],
    },
  });
  till.engine.parts.store.members.putDocument('catalogue', JSON.stringify({ version: 1, items: EXAMPLE_CATALOGUE }));
  for (const { card, firstName, birthday, spends } of EXAMPLE_MEMBERS) {
    const member = await till.ask('member.enrol', {
      command: newCommand(),
      card,
      firstName,
      birthday,
      phone: null,
      email: null,
    });
    if (spends > 0) await sell(till, member.member, spends);
  }
  let laidOver: Partial<TillStatus> = options.enrolled === false ? { enrolled: null } : {};
  const listeners = new Set<(name: TillEventName, payload: unknown) => void>();
  const held = new Map<string, (() => void)[]>();
  const dressed = (payload: unknown): unknown => ({ ...(payload as TillStatus), ...laidOver }); // the engine's own status
  till.engine.subscribe((name, payload) => emit(name, name === 'status' ? dressed(payload) : payload));
  const emit = (name: TillEventName, payload: unknown): void => {
    for (const listener of listeners) listener(name, payload);
  };
  const hosted = await startBrowserHost({
    rendererFolder: options.rendererFolder,
    port: options.port ?? 0,
    log: pino({ level: 'silent' }),
    engine: {
      call: async (name, input) => {
        const queue = held.get(name);
        if (queue !== undefined) await new Promise<void>((resolve) => queue.push(resolve));
        const answer = await till.engine.call(name, input);
        return name === 'till.status' && answer.ok ? { ok: true, value: dressed(answer.value) } : answer;
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  if (!hosted.ok) throw new Error(hosted.error.message);
  const host = hosted.value;
  return {
    host,
    till,
    overlay: (fields) => {
      laidOver = fields;
      void till.ask('till.status', {}).then((status) => emit('status', dressed(status)));
    },
    emit,
    hold: (name) => {
      const queue: (() => void)[] = [];
      held.set(name, queue);
      return {
        release: () => {
          held.delete(name);
          for (const resume of queue) resume();
        },
      };
    },
    close: async () => {
      await host.close();
      await till.close();
    },
  };
}

async function sell(till: TestTill, member: string, unitPrice: number): Promise<void> {
  await till.ask('sale.commit', {
    command: newCommand(),
    member,
    lines: [
      { sku: 'CAT', name: 'Catering', quantity: '1', unitPrice: unitPrice - 8 * 100 },
      { sku: 'CAP', name: 'Cappuccino', category: 'Coffee', quantity: '8', unitPrice: 100 },
    ],
    redeem: [],
    reference: null,
    expectedDue: null,
  });
}
