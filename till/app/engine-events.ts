import type { TillEvent, TillEventName } from '../contract/calls.ts';

export type EngineListener = (name: TillEventName, payload: unknown) => void;

export type EngineEvents = {
  emit<Name extends TillEventName>(name: Name, payload: TillEvent<Name>): void;
  subscribe(listener: EngineListener): () => void;
};

/** Events tell screens what is so; nothing in the engine depends on them. A listener that throws harms nobody else. */
export function engineEvents(onError: (error: unknown) => void): EngineEvents {
  const listeners = new Set<EngineListener>();
  return {
    emit: (name, payload) => {
      for (const listener of listeners) {
        try {
          listener(name, payload);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
