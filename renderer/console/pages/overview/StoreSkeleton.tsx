import type { ReactNode } from 'react';
import { Skeleton } from '../../components/Skeleton.tsx';

const STORES = ['first', 'second', 'third'];

/** A store with a till, as high as a real one. */
export function StoreSkeleton(): ReactNode {
  return STORES.map((store) => (
    <div key={store} className="panel" aria-hidden>
      <div className="panel-header">
        <Skeleton width="long" />
      </div>
      <div className="till">
        <div className="till-head">
          <Skeleton />
        </div>
        <div className="till-facts">
          <Skeleton />
          <Skeleton width="short" />
          <Skeleton width="short" />
          <Skeleton />
        </div>
      </div>
    </div>
  ));
}
