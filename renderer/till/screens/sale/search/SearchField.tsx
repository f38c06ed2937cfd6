import { Autocomplete } from '@base-ui/react/autocomplete';
import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { KEYS } from '../../../keyboard/keymap.ts';
import { Text, useSay } from '../../../words/intl.ts';
import { SuggestionList } from './SuggestionList.tsx';
import { useSearch } from './use-search.ts';
import './search.css';

/** One field for everything that can be typed. What Enter does is what is marked in the list. */
export function SearchField(): ReactNode {
  const say = useSay();
  const search = useSearch();
  const keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !search.hasMark()) search.takeTyped();
  };
  return (
    <Autocomplete.Root
      items={search.groups}
      mode="none"
      autoHighlight
      value={search.text}
      onValueChange={(value, details) => (details.reason === 'item-press' ? undefined : search.type(value))}
      onItemHighlighted={search.mark}
      itemToStringValue={(suggestion) => suggestion.key}
    >
      <Autocomplete.InputGroup className="search">
        <Search size={22} aria-hidden />
        <Autocomplete.Input
          className="search-input"
          aria-label={say('search.label')}
          placeholder={say('search.placeholder')}
          data-place="search"
          spellCheck={false}
          autoCapitalize="off"
          maxLength={128}
          onKeyDown={keydown}
        />
        <kbd className="key-hint" aria-hidden>
          {KEYS.search}
        </kbd>
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className="search-positioner" sideOffset={6}>
          <Autocomplete.Popup className="search-popup">
            <Autocomplete.List className="search-list">
              {search.groups.map((group) => (
                <Autocomplete.Group key={group.label} items={group.items} className="search-group">
                  <Autocomplete.GroupLabel className="search-group-label">
                    <Text id={group.label} />
                  </Autocomplete.GroupLabel>
                  <SuggestionList suggestions={group.items} onTake={search.take} />
                </Autocomplete.Group>
              ))}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
