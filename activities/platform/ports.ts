/** Where the platform takes refunds and events, and the Standard Webhooks secret (`whsec_…`) that signs them. */
export interface PlatformAccess {
  /** Base URL, https (http only on loopback); `/refunds` and `/events` are appended. */
  url: string;
  secret: string;
}
