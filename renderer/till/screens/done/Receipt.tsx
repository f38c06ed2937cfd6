import type { ReactNode } from 'react';
import type { ReceiptView } from '../../../../till/contract/receipt-shape.ts';
import { Text } from '../../words/intl.ts';
import './receipt.css';

/** The receipt in the very lines of the paper. */
export function Receipt({ receipt }: { receipt: ReceiptView }): ReactNode {
  return (
    <div className="receipt" data-columns={receipt.columns}>
      {receipt.elements.map((element, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the lines of a receipt never change places
        <ReceiptElement key={index} element={element} />
      ))}
    </div>
  );
}

function ReceiptElement({ element }: { element: ReceiptView['elements'][number] }): ReactNode {
  switch (element.kind) {
    case 'text': {
      const { align, bold, size, underline, text } = element;
      const marks = `${bold ? 'receipt-bold' : ''} ${underline ? 'receipt-underline' : ''}`;
      return (
        <p className={`receipt-text receipt-${align} ${marks}`}>
          <span className={`receipt-size-${size}`}>{text === '' ? ' ' : text}</span>
        </p>
      );
    }
    case 'rule':
      return <hr className="receipt-rule" />;
    case 'qr':
      return (
        <div className="receipt-qr">
          <Text id="done.qr" />
          <code>{element.content}</code>
        </div>
      );
    case 'feed':
      return <div className={`receipt-feed receipt-feed-${Math.min(element.lines, 10)}`} aria-hidden />;
    case 'cut':
      return (
        <div className="receipt-cut">
          <span>
            <Text id="done.cut" />
          </span>
        </div>
      );
    default:
      return element satisfies never;
  }
}
