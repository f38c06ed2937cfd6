import type { ReactNode } from 'react';
import './page-header.css';
import { usePageTitle } from './use-page-title.ts';

export type PageHeaderProps = {
  title: string;
  /** One line under the title. */
  subtitle?: ReactNode;
  /** Above the title: the way back. */
  back?: ReactNode;
  /** Beside the title: states. */
  beside?: ReactNode;
  /** At the end of the line: what can be done. */
  actions?: ReactNode;
};

/** `data-page-title`: where the focus goes when the page changes. */
export function PageHeader(props: PageHeaderProps): ReactNode {
  usePageTitle(props.title);
  return (
    <header className="page-header">
      <div className="page-header-text">
        {props.back}
        <div className="page-header-line">
          <h1 className="page-header-title" tabIndex={-1} data-page-title>
            {props.title}
          </h1>
          {props.beside}
        </div>
        {props.subtitle === undefined ? null : <p className="page-header-subtitle">{props.subtitle}</p>}
      </div>
      {props.actions}
    </header>
  );
}
