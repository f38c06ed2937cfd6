import { ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/empty/EmptyState.tsx';
import { Panel } from '../../../ui/panel/Panel.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TableFoot } from '../../components/TableFoot.tsx';
import { useConsoleActions } from '../../state/console-context.tsx';
import type { MemberState } from '../../state/console-state.ts';
import { Text, useSay } from '../../words/intl.ts';
import { ledgerLines, type LedgerLine } from '../../words/running-balances.ts';
import { LedgerTable } from './LedgerTable.tsx';

export function LedgerPanel({ member }: { member: MemberState | null }): ReactNode {
  const say = useSay();
  const hint = (
    <span className="soft small">
      <Text id="member.ledger.hint" />
    </span>
  );
  return (
    <Panel title={say('member.ledger')} className="ledger" aside={hint}>
      {member === null ? <LedgerTable lines={null} /> : <Ledger member={member} />}
    </Panel>
  );
}

function Ledger({ member }: { member: MemberState }): ReactNode {
  const { showMember } = useConsoleActions();
  const { entries, entriesRefusal: refusal } = member;
  const detail = member.detail.value;
  const lines = entries === null || detail === null ? null : ledgerLines(entries, detail);
  return (
    <>
      {refusal === null ? null : (
        <Problem refusal={refusal} stale={entries !== null} onRetry={() => void showMember(member.id)} />
      )}
      {lines === null && refusal === null ? <LedgerTable lines={null} /> : null}
      {lines === null ? null : <Lines lines={lines} member={member} />}
    </>
  );
}

function Lines({ lines, member }: { lines: readonly LedgerLine[]; member: MemberState }): ReactNode {
  const say = useSay();
  const { loadOlderMemberEntries } = useConsoleActions();
  if (lines.length === 0) {
    return (
      <EmptyState icon={ScrollText} title={say('member.ledger.none.title')} hint={say('member.ledger.none.hint')} />
    );
  }
  return (
    <>
      <LedgerTable lines={lines} />
      <TableFoot
        more={member.next !== null}
        busy={member.loadingOlder}
        moreLabel={say('entries.older')}
        busyLabel={say('entries.older.busy')}
        endLabel={say('member.ledger.end')}
        onMore={() => void loadOlderMemberEntries()}
      />
    </>
  );
}
