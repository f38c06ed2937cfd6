import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import './base.css';

export type PageProps = {
  /** BCP 47: the store's, for numbers, money and dates. */
  locale: string;
  /** IANA zone of the store. */
  timeZone: string | undefined;
  messages: Readonly<Record<string, string>>;
  children: ReactNode;
};

/** What both pages stand in: texts and formats, tokens, and no inline style elements, which the content security policy refuses. */
export function Page(props: PageProps): ReactNode {
  return (
    <StrictMode>
      <CSPProvider disableStyleElements>
        <IntlProvider
          locale={props.locale}
          defaultLocale="en"
          messages={props.messages}
          {...(props.timeZone === undefined ? {} : { timeZone: props.timeZone })}
        >
          {props.children}
        </IntlProvider>
      </CSPProvider>
    </StrictMode>
  );
}
