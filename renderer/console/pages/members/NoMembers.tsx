import { UserPlus, UserSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { Text, useSay } from '../../words/intl.ts';

export function NoMembers(props: { search: string; onClear: () => void }): ReactNode {
  const say = useSay();
  if (props.search === '') {
    return <EmptyState icon={UserPlus} title={say('members.none.title')} hint={say('members.none.hint')} />;
  }
  return (
    <EmptyState
      icon={UserSearch}
      title={say('members.notFound.title', { search: props.search })}
      hint={say('members.notFound.hint')}
    >
      <Button onPress={props.onClear}>
        <Text id="members.clear" />
      </Button>
    </EmptyState>
  );
}
