import { useEffect, useMemo, useRef, useState } from 'react';
import { useActions, useTill } from '../../../state/till-context.tsx';
import type { MemberHit } from '../../../state/till-state.ts';
import { suggestionGroups, type Suggestion, type SuggestionGroup } from './search-view.ts';

/** After this long without a key, members are looked for. */
const SUGGEST_DELAY_MS = 120;
const SUGGEST_CHARS_MIN = 2;

export type SearchState = {
  readonly text: string;
  readonly groups: readonly SuggestionGroup[];
  type: (text: string) => void;
  mark: (suggestion: Suggestion | undefined) => void;
  hasMark: () => boolean;
  take: (suggestion: Suggestion) => void;
  /** Enter where nothing is marked. */
  takeTyped: () => void;
};

export function useSearch(): SearchState {
  const actions = useActions();
  const items = useTill((state) => state.catalogue.items);
  const text = useTill((state) => state.searchText);
  const [found, setFound] = useState<{ text: string; hits: readonly MemberHit[] }>(NOTHING_FOUND);
  const marked = useRef<Suggestion | undefined>(undefined);
  const hits = found.text === text.trim() ? found.hits : NOTHING_FOUND.hits;
  const groups = useMemo(() => suggestionGroups(text, items, hits), [text, items, hits]);

  useEffect(() => {
    const wanted = text.trim();
    if (wanted.length < SUGGEST_CHARS_MIN) return undefined;
    let current = true;
    const timer = setTimeout(() => {
      void actions
        .suggestMembers(wanted)
        .then((members) => (current ? setFound({ text: wanted, hits: members }) : undefined));
    }, SUGGEST_DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, actions]);

  const clear = (): void => {
    actions.typeSearch('');
    setFound(NOTHING_FOUND);
  };
  return {
    text,
    groups,
    type: actions.typeSearch,
    mark: (suggestion) => {
      marked.current = suggestion;
    },
    hasMark: () => marked.current !== undefined,
    take: (suggestion) => {
      takeSuggestion(actions, suggestion);
      clear();
    },
    takeTyped: () => {
      const typed = text.trim();
      if (typed === '') return;
      if (!actions.takeTypedCode(typed)) void actions.findMember(typed);
      clear();
    },
  };
}

function takeSuggestion(actions: ReturnType<typeof useActions>, suggestion: Suggestion): void {
  switch (suggestion.kind) {
    case 'item':
      return actions.addItem(suggestion.item);
    case 'member':
      return void actions.chooseMember(suggestion.hit.member);
    case 'card':
      return void actions.takeTypedCode(suggestion.text);
    case 'name':
      return void actions.findMember(suggestion.text);
    default:
      return suggestion satisfies never;
  }
}

const NOTHING_FOUND: { text: string; hits: readonly MemberHit[] } = { text: '', hits: [] };
