import type { Sims } from './sims';

/** The settings of a worker that talks to the simulated parties, apart from those of egress. */
export function simSettings({ platformUrl, smtpUrl, carrier }: Sims): Record<string, string> {
  return {
    PLATFORM_URL: platformUrl,
    SMTP_URL: smtpUrl,
    ...(carrier && {
      KUAIDI100_URL: carrier.url,
      KUAIDI100_CUSTOMER: carrier.customer,
      KUAIDI100_KEY: carrier.key,
    }),
  };
}

/** Where the simulated seller and carrier are: on loopback, which has to be allowed. */
export function hostsOf({ seller, carrier }: Sims): string[] {
  return [seller.productionUrl, ...(carrier ? [carrier.url] : [])].map((url) => new URL(url).host);
}

/** The authorities of others, and the one that made the certificates of the simulated parties. */
export function trusting({ caPem }: Sims, others: string | undefined): string {
  return others === undefined ? caPem : `${others}\n${caPem}`;
}
