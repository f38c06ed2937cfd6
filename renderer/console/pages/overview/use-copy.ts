import { useEffect, useState } from 'react';

const COPIED_MS = 2_500;

/** A page that came without TLS from another machine has no clipboard. */
export function useCopy(text: string): { canCopy: boolean; copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    window.navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return { canCopy: window.isSecureContext, copied, copy };
}
