/** The buyer's way into its instance (domain.md 1.4, AppInfo); encrypted at rest, shown to the buyer only. */
export interface AppInfo {
  frontEndUrl: string;
  adminUrl?: string;
  userName?: string;
  password?: string;
  memo?: string;
}
