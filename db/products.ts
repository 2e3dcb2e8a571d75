import { and, eq } from 'drizzle-orm';
import { StewardError } from '../domain/errors';
import type { ProductBody } from '../domain/schemas/catalog';
import type { Database } from './connect';
import { products, sellers } from './schema';

/** What an order needs to know of a product; `feeRate` in basis points. */
export interface Product {
  sellerId: string;
  id: string;
  name: string;
  productionUrl: string | null;
  feeRate: number;
}

/** Makes or replaces a product. Throws `NOT_FOUND` for an unknown seller. */
export async function putProduct(
  db: Database,
  sellerId: string,
  id: string,
  body: ProductBody,
): Promise<void> {
  const [seller] = await db.select({ id: sellers.id }).from(sellers).where(eq(sellers.id, sellerId));
  if (!seller) throw new StewardError('NOT_FOUND', { what: 'seller', id: sellerId });
  const { name, productionUrl = null, feeRate = 0 } = body;
  const content = { name, productionUrl, feeRate };
  await db
    .insert(products)
    .values({ sellerId, id, ...content })
    .onConflictDoUpdate({ target: [products.sellerId, products.id], set: content });
}

/** Undefined for an unknown seller or product. */
export async function getProduct(db: Database, sellerId: string, id: string): Promise<Product | undefined> {
  const [product] = await db
    .select()
    .from(products)
    .where(and(eq(products.sellerId, sellerId), eq(products.id, id)));
  return product;
}
