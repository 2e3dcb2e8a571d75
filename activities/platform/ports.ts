/** Where the platform takes refunds and events, and the Standard Webhooks secrets (`whsec_…`) that sign them. */
export interface PlatformAccess {
  /** Base URL, https (http only on loopback); `/refunds` and `/events` are appended. */
  url: string;
  /** One, or several separated by commas: each signs, so that the platform can change its own at any moment. */
  secret: string;
}
