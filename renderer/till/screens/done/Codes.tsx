import { Ticket } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommittedSale } from '../../../../till/contract/shapes.ts';
import { useSay } from '../../words/intl.ts';
import { useDates } from '../../words/use-dates.ts';

/** What the customer takes along: vouchers, and the code with which a sale without a card is claimed. */
export function Codes({ sale: { vouchers, claimCode } }: { sale: CommittedSale }): ReactNode {
  const say = useSay();
  const dates = useDates();
  return (
    <>
      {vouchers.map(({ name, code, validBefore }) => (
        <Code key={code} name={name} code={code} hint={say('done.voucher', { date: dates.lastDay(validBefore) })} />
      ))}
      {claimCode === null ? null : <Code name={say('done.claim')} code={claimCode} hint={say('done.claim.hint')} />}
    </>
  );
}

function Code({ name, code, hint }: { name: string; code: string; hint: string }): ReactNode {
  return (
    <div className="done-code">
      <Ticket size={22} aria-hidden />
      <span className="done-code-text">
        <span className="done-code-name">{name}</span>
        <code className="done-code-value">{code}</code>
        <span className="done-code-hint">{hint}</span>
      </span>
    </div>
  );
}
