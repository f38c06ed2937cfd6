import type { ReactNode } from 'react';
import { Skeleton } from './Skeleton.tsx';

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

/** The rows of a table that loads, each as high as a real one. */
export function SkeletonRows(props: { columns: readonly string[]; twoLines?: boolean }): ReactNode {
  return ROWS.map((row) => (
    <tr key={row}>
      {props.columns.map((column, index) => (
        <td key={column}>
          <Skeleton width={index === 1 ? 'medium' : 'short'} />
          {props.twoLines === true ? (
            <span className="table-soft">
              <Skeleton width="short" />
            </span>
          ) : null}
        </td>
      ))}
    </tr>
  ));
}
