/** The buyer's way into its instance (domain.md 1.4, AppInfo); encrypted at rest, shown to the buyer only. */
export interface AppInfo {
  frontEndUrl: string;
  adminUrl?: string | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  memo?: string | undefined;
}
