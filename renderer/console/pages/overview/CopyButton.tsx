import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button/Button.tsx';
import { Text } from '../../words/intl.ts';
import { useCopy } from './use-copy.ts';

export function CopyButton(props: { text: string }): ReactNode {
  const { canCopy, copied, copy } = useCopy(props.text);
  if (!canCopy) return null;
  return (
    <Button kind="quiet" icon={copied ? Check : Copy} onPress={copy}>
      <Text id={copied ? 'code.copied' : 'code.copy'} />
    </Button>
  );
}
