import { useId, type ReactNode } from 'react';
import './panel.css';

export type PanelProps = {
  /** Names the region; hidden where the content says it already. */
  title: string;
  titleHidden?: boolean;
  /** Beside the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A sheet on the page, a region of its own for screen readers. */
export function Panel(props: PanelProps): ReactNode {
  const id = useId();
  return (
    <section className={`panel ${props.className ?? ''}`} aria-labelledby={id}>
      {props.titleHidden === true ? (
        <h2 id={id} className="visually-hidden">
          {props.title}
        </h2>
      ) : (
        <header className="panel-header">
          <h2 id={id} className="panel-title">
            {props.title}
          </h2>
          {props.aside}
        </header>
      )}
      {props.children}
    </section>
  );
}
