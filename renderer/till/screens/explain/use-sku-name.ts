import { useTill } from '../../state/till-context.tsx';

/** The catalogue's name of an item; the book keeps skus only. */
export function useSkuName(): (sku: string) => string {
  const items = useTill((state) => state.catalogue.items);
  return (sku) => items.find((item) => item.sku === sku)?.name ?? sku;
}
