import { productionUrlFault } from '../../domain/production-url';
import { SellerCallError } from './exceptions';

export { isDomainName } from '../../domain/production-url';

/** Reads a production URL, or refuses it with a `SellerCallError`: the rules of its registration hold for each call. */
export function parseProductionUrl(text: string): URL {
  const fault = productionUrlFault(text);
  if (fault) throw new SellerCallError(fault);
  return new URL(text);
}
