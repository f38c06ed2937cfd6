import type { ReactNode } from 'react';
import './facts.css';

export type Fact = { readonly name: string; readonly value: ReactNode };

/** Names with their values, one under the other. */
export function Facts(props: { facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {props.facts.map(({ name, value }) => (
        <div key={name} className="fact">
          <dt className="fact-name">{name}</dt>
          <dd className="fact-value">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
