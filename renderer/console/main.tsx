import './api/zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { Page } from '../ui/Page.tsx';
import { consoleApi } from './api/console-api.ts';
import { createConsoleActions, startConsole } from './actions/console-app.ts';
import messages from './messages/en.json';
import { App } from './shell/App.tsx';
import { ConsoleProvider } from './state/console-context.tsx';
import { createConsoleStore } from './state/console-state.ts';
import { FormatsProvider } from './words/formats-context.tsx';
import { MESSAGES_LANGUAGE } from './words/intl.ts';
// Last, since it changes what the shared components bring.
import './console.css';

const app = { api: consoleApi(), store: createConsoleStore() };
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <Page locale={MESSAGES_LANGUAGE} timeZone={undefined} messages={messages}>
    <ConsoleProvider console={{ store: app.store, actions: createConsoleActions(app) }}>
      <FormatsProvider locale={window.navigator.language}>
        <App />
      </FormatsProvider>
    </ConsoleProvider>
  </Page>,
);
void startConsole(app);
