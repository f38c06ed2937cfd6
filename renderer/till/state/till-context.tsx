import { createContext, use, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Actions } from '../use-cases/start-till.ts';
import { amountWords, type AmountWords } from '../words/amounts.ts';
import { useSay } from '../words/intl.ts';
import type { TillState, TillStore } from './till-state.ts';

type Till = { readonly store: TillStore; readonly actions: Actions };

const TillContext = createContext<Till | null>(null);

export function TillProvider(props: { till: Till; children: ReactNode }): ReactNode {
  return <TillContext value={props.till}>{props.children}</TillContext>;
}

/** One field of the screen's state. The selector returns what is in it, never something newly made. */
export function useTill<Picked>(select: (state: TillState) => Picked): Picked {
  return useStore(useTillContext().store, select);
}

export function useActions(): Actions {
  return useTillContext().actions;
}

export function useAmounts(): AmountWords {
  const say = useSay();
  return amountWords(
    useTill((state) => state.status.status),
    say,
  );
}

function useTillContext(): Till {
  const till = use(TillContext);
  if (till === null) throw new Error('used outside of TillProvider');
  return till;
}
