import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import type { MemberExplanation } from '../../../../till/contract/explain-shapes.ts';
import { Text, useSay } from '../../words/intl.ts';
import { BadgesExplained } from './BadgesExplained.tsx';
import { LevelExplained } from './LevelExplained.tsx';
import { LotsExplained } from './LotsExplained.tsx';
import { MembershipsExplained } from './MembershipsExplained.tsx';

type Topic = { readonly id: string; readonly name: string; readonly content: ReactNode };

/** A tab for each wallet, lot by lot; for the level; for badges and memberships where there are any. */
export function MemberExplained(props: { explanation: MemberExplanation; topic: string }): ReactNode {
  const say = useSay();
  const topics = useTopics(props.explanation);
  const first = topics.find(({ id }) => id === props.topic) ?? topics[0];
  if (first === undefined) {
    return (
      <p className="explain-none">
        <Text id="explain.nothing" />
      </p>
    );
  }
  return (
    <Tabs.Root defaultValue={first.id} className="explain-tabs">
      <Tabs.List className="explain-tab-list" aria-label={say('explain.tabs')}>
        {topics.map(({ id, name }) => (
          <Tabs.Tab
            key={id}
            value={id}
            className="catalogue-category"
            data-initial-focus={id === first.id ? '' : undefined}
          >
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {topics.map(({ id, content }) => (
        <Tabs.Panel key={id} value={id} tabIndex={-1}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

function useTopics({ wallets, tier, badges, memberships }: MemberExplanation): readonly Topic[] {
  const say = useSay();
  return [
    ...(tier === null
      ? []
      : [{ id: 'level', name: say('explain.topic.level'), content: <LevelExplained tier={tier} /> }]),
    ...wallets.map((wallet) => ({ id: wallet.wallet, name: wallet.name, content: <LotsExplained wallet={wallet} /> })),
    ...(badges.length === 0
      ? []
      : [{ id: 'badges', name: say('explain.topic.badges'), content: <BadgesExplained badges={badges} /> }]),
    ...(memberships.length === 0
      ? []
      : [
          {
            id: 'memberships',
            name: say('explain.topic.memberships'),
            content: <MembershipsExplained memberships={memberships} />,
          },
        ]),
  ];
}
