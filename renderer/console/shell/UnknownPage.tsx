import { MapPinOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';
import { PageHeader } from '../components/PageHeader.tsx';
import { hrefOf } from '../routing/route.ts';
import { Text, useSay } from '../words/intl.ts';

export function UnknownPage(): ReactNode {
  const say = useSay();
  return (
    <div className="page">
      <PageHeader title={say('unknown.title')} />
      <EmptyState icon={MapPinOff} title={say('unknown.hint')}>
        <a className="link" href={hrefOf({ page: 'overview' })}>
          <Text id="unknown.back" />
        </a>
      </EmptyState>
    </div>
  );
}
