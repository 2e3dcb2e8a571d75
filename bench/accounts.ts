import { issueToken } from '../api/token';
import { StewardClient } from '../client';
import type { Role } from '../domain/parties';
import { ACCOUNTS, PRODUCT } from './order';

/** For how long the benchmark's tokens are good, in seconds. */
const DAY = 86_400;

/** The parties of an API, each with a token of its own. */
export class Accounts {
  private readonly clients = new Map<string, Promise<StewardClient>>();

  constructor(
    private readonly baseUrl: string,
    private readonly secret: string,
  ) {}

  /** The client of a party. */
  as(role: Role, sub: string): Promise<StewardClient> {
    const key = `${role} ${sub}`;
    const known = this.clients.get(key) ?? this.login(role, sub);
    this.clients.set(key, known);
    return known;
  }

  /** Registers the sellers, all of them at one production URL. */
  async registerSellers(productionUrl: string, accessKey: string): Promise<void> {
    const platform = await this.as('platform', 'platform-0');
    const register = async (sellerId: string): Promise<void> => {
      const email = `${sellerId}@seller.example`;
      await platform.putSeller(sellerId, { name: sellerId, email, language: 'zh', accessKey });
      await platform.putProduct(sellerId, PRODUCT, { name: 'CRM', productionUrl });
    };
    await Promise.all(Array.from({ length: ACCOUNTS }, (_, n) => register(`seller-${n + 1}`)));
  }

  private async login(role: Role, sub: string): Promise<StewardClient> {
    const { baseUrl, secret } = this;
    const token = await issueToken({ secret, issuer: 'steward', audience: 'steward', role, sub, ttl: DAY });
    return new StewardClient({ baseUrl, token });
  }
}
