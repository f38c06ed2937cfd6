/** The till's page: takes its session where it runs in a browser, finds the engine, and shows what it says. */
import { createRoot } from 'react-dom/client';
import { createIntl } from 'react-intl';
import { z } from 'zod';
import type { CommandId } from '../../base/ids.ts';
import { showToast } from '../ui/toast/toaster.ts';
import { App } from './App.tsx';
import type { AppContext, ToastSink } from './use-cases/context.ts';
import { createActions, startTill } from './use-cases/start-till.ts';
import { commandJournal } from './engine/command-journal.ts';
import { engineClient } from './engine/engine-client.ts';
import { portTransport, type DesktopShell } from './engine/port-transport.ts';
import { hasSession, hasStartToken, takeSession } from './engine/session.ts';
import { socketTransport } from './engine/socket-transport.ts';
import { BROWSER_CLOCK, type Transport } from './engine/transport.ts';
import messages from './messages/en.json';
import { TillProvider } from './state/till-context.tsx';
import { createTillStore, type TillStore } from './state/till-state.ts';
import { amountWords } from './words/amounts.ts';
import type { MessageId } from './words/intl.ts';
import { toastWords } from './words/toast-words.ts';

declare global {
  interface Window {
    /** Only in the desktop app: what its preload exposes. */
    readonly loyaltill?: DesktopShell;
  }
}

z.config({ jitless: true }); // the content security policy has no unsafe-eval

async function engineTransport(): Promise<Transport> {
  if (window.loyaltill !== undefined) return portTransport(window.loyaltill, window, BROWSER_CLOCK);
  const page = { location: window.location, history: window.history, fetch: window.fetch.bind(window) };
  await takeSession(page);
  // A new address in an open page changes its fragment alone, and the page would go on without a session.
  window.addEventListener('hashchange', () => {
    if (hasStartToken(window.location)) window.location.reload();
  });
  const address = new URL('/engine', window.location.href.replace(/^http/, 'ws'));
  return socketTransport({
    open: () => new WebSocket(address),
    hasSession: () => hasSession(page),
    clock: BROWSER_CLOCK,
  });
}

function toastSink(store: TillStore): ToastSink {
  return (tone, message) => {
    const { status } = store.getState().status;
    const intl = createIntl({ locale: status?.locale ?? 'en', messages });
    const say = (id: MessageId, values?: Readonly<Record<string, string | number>>): string =>
      intl.formatMessage({ id }, values);
    showToast(tone, toastWords(message, say, amountWords(status, say)));
  };
}

async function start(): Promise<void> {
  const engine = engineClient(await engineTransport(), BROWSER_CLOCK);
  const store = createTillStore();
  const app: AppContext = {
    callEngine: engine.callEngine,
    store,
    journal: commandJournal(window.sessionStorage),
    clock: BROWSER_CLOCK,
    newCommandId: () => crypto.randomUUID() as string as CommandId, // a fresh UUID is a command id
    toast: toastSink(store),
  };
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <TillProvider till={{ store, actions: createActions(app) }}>
      <App />
    </TillProvider>,
  );
  startTill(app, engine);
}

void start();
