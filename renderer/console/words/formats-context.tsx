import { createContext, use, useMemo, type ReactNode } from 'react';
import { useConsole } from '../state/console-context.tsx';
import { amountWords, type AmountWords } from './amounts.ts';
import { createFormats, type Formats } from './formats.ts';
import { MESSAGES_LANGUAGE, useSay } from './intl.ts';

const FormatsContext = createContext<Formats | null>(null);

/** The organisation's currency in the browser's locale. */
export function FormatsProvider(props: { locale: string; children: ReactNode }): ReactNode {
  const currency = useConsole((state) => state.overview.value?.currency ?? 'XXX');
  const minorDigits = useConsole((state) => state.overview.value?.minorDigits ?? 2);
  const { locale } = props;
  const formats = useMemo(
    () => createFormats({ locale, language: MESSAGES_LANGUAGE, currency, minorDigits }),
    [locale, currency, minorDigits],
  );
  return <FormatsContext value={formats}>{props.children}</FormatsContext>;
}

export function useFormats(): Formats {
  const formats = use(FormatsContext);
  if (formats === null) throw new Error('used outside of FormatsProvider');
  return formats;
}

export function useAmounts(): AmountWords {
  const wallets = useConsole((state) => state.wallets);
  return amountWords(wallets, useFormats(), useSay());
}
