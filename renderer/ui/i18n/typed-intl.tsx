import { useIntl, type IntlShape } from 'react-intl';
import type { ReactNode } from 'react';

export type MessageValues = Readonly<Record<string, string | number>>;

/** Formats one message of a page's own en.json: a key that is not there does not compile. */
export type Say<Id extends string> = (id: Id, values?: MessageValues) => string;

export type TypedIntl<Id extends string> = {
  useSay: () => Say<Id>;
  Text: (props: { id: Id; values?: MessageValues }) => ReactNode;
  /** For code outside React. */
  sayWith: (intl: IntlShape) => Say<Id>;
};

/** `const { useSay, Text } = typedIntl<keyof typeof en>()`, once for each page. */
export function typedIntl<Id extends string>(): TypedIntl<Id> {
  const sayWith =
    (intl: IntlShape): Say<Id> =>
    (id, values) =>
      intl.formatMessage({ id }, values);
  const useSay = (): Say<Id> => sayWith(useIntl());
  const Text = (props: { id: Id; values?: MessageValues }): ReactNode => useSay()(props.id, props.values);
  return { useSay, Text, sayWith };
}
