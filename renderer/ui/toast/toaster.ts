import { Toast } from '@base-ui/react/toast';

export type ToastTone = 'good' | 'warn' | 'bad' | 'neutral';

/** Messages that pass by: shown at the foot of the screen and announced. A refusal that must be read stays on the screen as a Notice instead. */
export const toaster = Toast.createToastManager();

/** `bad` is announced at once and stays longer. */
export function showToast(tone: ToastTone, title: string, description?: string): void {
  toaster.add({
    title,
    ...(description === undefined ? {} : { description }),
    type: tone,
    priority: tone === 'bad' ? 'high' : 'low',
    timeout: tone === 'bad' ? 12_000 : 5_000,
  });
}
