/** The engine as a host sees it. Hosts carry messages to it and know nothing of loyalty. */
import type { Refusal, Result } from '../../base/result.ts';
import type { TillEventName } from '../contract/calls.ts';

export type EngineAnswer = Result<unknown, Refusal>;

export type EngineHandle = {
  /** Parses `input` by the contract. Refuses outside input with a value; a rejection is a bug. */
  call(name: string, input: unknown): Promise<EngineAnswer>;
  /** Answers how to stop listening. */
  subscribe(listener: (name: TillEventName, payload: unknown) => void): () => void;
  close(): Promise<void>;
};
