import type { ReactNode } from 'react';
import { Button } from '../../ui/button/Button.tsx';

export type TableFootProps = {
  /** There is more to load. */
  more: boolean;
  busy: boolean;
  moreLabel: string;
  busyLabel: string;
  /** Said where the list is at its end. */
  endLabel?: string;
  onMore: () => void;
};

export function TableFoot(props: TableFootProps): ReactNode {
  if (!props.more) return props.endLabel === undefined ? null : <p className="table-foot">{props.endLabel}</p>;
  return (
    <div className="table-foot">
      <Button disabled={props.busy} onPress={props.onMore}>
        {props.busy ? props.busyLabel : props.moreLabel}
      </Button>
    </div>
  );
}
