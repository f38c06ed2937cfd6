import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { useFormats } from '../words/formats-context.tsx';
import { useSay } from '../words/intl.ts';
import { useNow } from '../words/use-now.ts';
import './ago.css';

/** "2 minutes ago"; the whole time on hover and on focus, and for screen readers always. */
export function Ago(props: { at: number }): ReactNode {
  const say = useSay();
  const formats = useFormats();
  const words = formats.ago(props.at, useNow()) ?? say('till.justNow');
  const whole = formats.fully(props.at);
  return (
    <Tooltip.Root>
      <Tooltip.Trigger className="ago" delay={250}>
        <time dateTime={new Date(props.at).toISOString()}>{words}</time>
        <span className="visually-hidden">{say('app.aside', { text: whole })}</span>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="tooltip-place">
          <Tooltip.Popup className="tooltip">{whole}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
