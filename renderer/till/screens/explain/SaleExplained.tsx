import type { ReactNode } from 'react';
import type { SaleExplanation } from '../../../../till/contract/explain-shapes.ts';
import { useAmounts } from '../../state/till-context.tsx';
import { Text, useSay } from '../../words/intl.ts';
import { GiftLine } from './GiftLine.tsx';
import { LevelThen } from './LevelThen.tsx';
import { RuleList } from './RuleList.tsx';
import { useSkuName } from './use-sku-name.ts';
import { UndoneSoFar } from './UndoneSoFar.tsx';
import { useRewardName } from './use-reward-name.ts';

/** Each rule, each redemption, and what refunds have undone so far. */
export function SaleExplained({ explanation }: { explanation: SaleExplanation }): ReactNode {
  const { rules, rewards, gifts, lines, sale, level } = explanation;
  const skuName = useSkuName();
  return (
    <>
      <UndoneSoFar explanation={explanation} />
      <h3 className="explain-heading">
        <Text id="explain.earned" />
      </h3>
      {sale.member === null && rules.length === 0 ? (
        <p className="explain-none">
          <Text id="explain.noMember" />
        </p>
      ) : (
        <>
          <LevelThen level={level} />
          <RuleList all rules={rules} lineName={(line) => skuName(lines[line]?.sku ?? '')} />
        </>
      )}
      {rewards.length === 0 ? null : <Redemptions explanation={explanation} />}
      {gifts.length === 0 ? null : (
        <>
          <h3 className="explain-heading">
            <Text id="explain.gifts" />
          </h3>
          <ul className="rules">
            {gifts.map((gift) => (
              <GiftLine key={`${gift.reason} ${gift.badge ?? ''}`} gift={gift} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Redemptions({ explanation: { rewards } }: { explanation: SaleExplanation }): ReactNode {
  const say = useSay();
  const amounts = useAmounts();
  const rewardName = useRewardName();
  return (
    <>
      <h3 className="explain-heading">
        <Text id="explain.rewards" />
      </h3>
      <ul className="rules">
        {rewards.map(({ reward, wallet, cost, discount, givenBack }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- redemptions of a sale never change places
          <li key={index} className="rule">
            <span className="rule-text">
              <span className="rule-name">{rewardName(reward)}</span>
              <span className="rule-details">
                {[
                  wallet === null
                    ? say('explain.reward.free')
                    : say('rewards.cost', { cost: amounts.wallet({ wallet, amount: cost }) }),
                  ...(wallet === null || givenBack === 0
                    ? []
                    : [say('explain.reward.back', { amount: amounts.wallet({ wallet, amount: givenBack }) })]),
                ].join(' · ')}
              </span>
            </span>
            {discount === 0 ? null : (
              <strong className="rule-effect">
                <Text id="basket.discount" values={{ amount: amounts.money(discount) }} />
              </strong>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
