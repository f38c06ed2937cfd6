import { Autocomplete } from '@base-ui/react/autocomplete';
import { CreditCard, Package, Search, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAmounts } from '../../../state/till-context.tsx';
import { Text, useSay } from '../../../words/intl.ts';
import type { Suggestion } from './search-view.ts';

export function SuggestionList(props: {
  suggestions: readonly Suggestion[];
  onTake: (suggestion: Suggestion) => void;
}): ReactNode {
  return props.suggestions.map((suggestion) => (
    <Autocomplete.Item
      key={suggestion.key}
      value={suggestion}
      className="search-item"
      onClick={() => props.onTake(suggestion)}
    >
      <SuggestionContent suggestion={suggestion} />
    </Autocomplete.Item>
  ));
}

function SuggestionContent({ suggestion }: { suggestion: Suggestion }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  switch (suggestion.kind) {
    case 'item':
      return (
        <>
          <Package size={20} aria-hidden />
          <span className="search-item-name">{suggestion.item.name}</span>
          <span className="search-item-aside">{amounts.money(suggestion.item.unitPrice)}</span>
        </>
      );
    case 'member':
      return (
        <>
          <User size={20} aria-hidden />
          <span className="search-item-name">{suggestion.hit.displayName ?? say('search.nameless')}</span>
          {suggestion.hit.card === null ? null : (
            <span className="search-item-aside">
              <Text id="search.card" values={{ card: suggestion.hit.card }} />
            </span>
          )}
        </>
      );
    case 'card':
      return (
        <>
          <CreditCard size={20} aria-hidden />
          <span className="search-item-name">
            <Text id="search.lookUpCard" values={{ card: suggestion.text }} />
          </span>
        </>
      );
    case 'name':
      return (
        <>
          <Search size={20} aria-hidden />
          <span className="search-item-name">
            <Text id="search.lookUpName" values={{ name: suggestion.text }} />
          </span>
        </>
      );
    default:
      return suggestion satisfies never;
  }
}
