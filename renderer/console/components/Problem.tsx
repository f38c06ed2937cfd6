import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Refusal } from '../../../base/result.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Notice } from '../../ui/notice/Notice.tsx';
import { Text, useSay } from '../words/intl.ts';
import { refusalWords } from '../words/refusal-words.ts';

/** What went wrong in a sentence, and the way on. `stale`: something of before is still shown. */
export function Problem(props: { refusal: Refusal; stale: boolean; onRetry: () => void }): ReactNode {
  const say = useSay();
  const sentence = refusalWords(props.refusal, say);
  return (
    <Notice
      tone="warn"
      actions={
        <Button icon={RotateCw} onPress={props.onRetry}>
          <Text id="app.tryAgain" />
        </Button>
      }
    >
      {props.stale ? say('app.stale', { sentence }) : sentence}
    </Notice>
  );
}
