import type { ReactNode } from 'react';
import { Text } from '../../words/intl.ts';
import { BasketPanel } from './basket/BasketPanel.tsx';
import { CataloguePanel } from './catalogue/CataloguePanel.tsx';
import { MemberPanel } from './member/MemberPanel.tsx';
import { SearchField } from './search/SearchField.tsx';
import './sale.css';

/** What is sold, to whom, and what it comes to: all of it on one screen. */
export function SaleScreen(): ReactNode {
  return (
    <main className="sale">
      <h1 className="visually-hidden">
        <Text id="sale.title" />
      </h1>
      <div className="sale-search">
        <SearchField />
      </div>
      <CataloguePanel />
      <MemberPanel />
      <BasketPanel />
    </main>
  );
}
