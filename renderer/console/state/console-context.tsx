import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ConsoleActions } from '../actions/console-app.ts';
import type { ConsoleState, ConsoleStore } from './console-state.ts';

export type Console = { readonly store: ConsoleStore; readonly actions: ConsoleActions };

const ConsoleContext = createContext<Console | null>(null);

export function ConsoleProvider(props: { console: Console; children: ReactNode }): ReactNode {
  return <ConsoleContext value={props.console}>{props.children}</ConsoleContext>;
}

/** A part of the console's state. The selector returns what is in it, never something newly made. */
export function useConsole<Picked>(select: (state: ConsoleState) => Picked): Picked {
  return useStore(useConsoleContext().store, select);
}

export function useConsoleActions(): ConsoleActions {
  return useConsoleContext().actions;
}

function useConsoleContext(): Console {
  const found = use(ConsoleContext);
  if (found === null) throw new Error('used outside of ConsoleProvider');
  return found;
}
