import type { ReactNode } from 'react';
import { TextField } from '../../../ui/field/TextField.tsx';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TableFoot } from '../../components/TableFoot.tsx';
import { useConsole, useConsoleActions } from '../../state/console-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import './members.css';
import { MembersTable } from './MembersTable.tsx';
import { NoMembers } from './NoMembers.tsx';
import { useFoundWords } from './use-found-words.ts';
import { useMemberSearch } from './use-member-search.ts';

const SEARCH_CHARS_MAX = 80;

/** `search`: of the address. */
export function MembersPage(props: { search: string }): ReactNode {
  const say = useSay();
  const { typed, type } = useMemberSearch(props.search);
  const members = useConsole((state) => state.members);
  const { loadMoreMembers, searchMembers } = useConsoleActions();
  const isEmpty = members.search !== null && members.rows.length === 0;
  return (
    <div className="page">
      <PageHeader title={say('members.title')} subtitle={<Text id="members.subtitle" />} />
      <div className="members-search">
        <TextField
          label={say('members.search')}
          type="search"
          placeholder={say('members.search.placeholder')}
          maxLength={SEARCH_CHARS_MAX}
          value={typed}
          onChange={type}
        />
        <output className="members-found">{useFoundWords(members)}</output>
      </div>
      {members.refusal === null ? null : (
        <Problem
          refusal={members.refusal}
          stale={members.search !== null}
          onRetry={() => void searchMembers(props.search)}
        />
      )}
      {members.search === null && members.refusal !== null ? null : (
        <Panel title={say('members.table')} titleHidden>
          {isEmpty ? (
            <NoMembers search={members.search ?? ''} onClear={() => type('')} />
          ) : (
            <MembersTable rows={members.search === null ? null : members.rows} busy={members.busy === 'search'} />
          )}
          <TableFoot
            more={members.next !== null}
            busy={members.busy === 'more'}
            moreLabel={say('members.more')}
            busyLabel={say('members.more.busy')}
            onMore={() => void loadMoreMembers()}
          />
        </Panel>
      )}
    </div>
  );
}
