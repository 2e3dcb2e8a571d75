CREATE TABLE "transaction_export_pages" (
	"export_id" text NOT NULL,
	"n" integer NOT NULL,
	"transactions" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "transaction_export_pages_export_id_n_pk" PRIMARY KEY("export_id","n")
);
--> statement-breakpoint
CREATE TABLE "transaction_exports" (
	"id" text PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"sub" text NOT NULL,
	"format" text NOT NULL,
	"filter" jsonb NOT NULL,
	"transactions" integer NOT NULL,
	"pages" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP VIEW "public"."listed_transactions";--> statement-breakpoint
ALTER TABLE "transaction_export_pages" ADD CONSTRAINT "transaction_export_pages_export_id_transaction_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."transaction_exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transaction_export_pages_age" ON "transaction_export_pages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "transaction_exports_party" ON "transaction_exports" USING btree ("role","sub","created_at");--> statement-breakpoint
CREATE VIEW "public"."open_transactions" AS (
  select 'sale/' || id as key, 'SALE' as kind, line ->> 'site' as site, order_id, id as order_line_id, seller_id,
    buyer_id, product_id, trade, case trade when 'general' then 'general' else 'joint' end as variant,
    line -> 'charging' ->> 'mode' as charging_mode, amount_currency as currency, amount_minor as gross_minor, fee_minor,
    amount_minor - fee_minor as net_minor, fee_rate, created_at as ordered_at, null::timestamptz (3) as completed_at,
    null::text as account_period, null::timestamptz (3) as five_days_until, false as unsubscribing, credit, repaid_at,
    'PENDING' as billing_state, null::text as bill_id
  from (
    select *, start -> 'line' as line, coalesce(start -> 'line' ->> 'trade', 'general') as trade,
      (start -> 'line' ->> 'feeRate')::integer as fee_rate,
      div(amount_minor * (start -> 'line' ->> 'feeRate')::numeric + 5000, 10000)::bigint as fee_minor
    from order_lines
    where status = 'PROCESSING' and not (start -> 'line' ->> 'trial')::boolean
  ) as open_line);--> statement-breakpoint
CREATE VIEW "public"."posted_transactions" AS (
  select key, kind, site, order_id, order_line_id, seller_id, buyer_id, product_id, trade, variant, charging_mode,
    currency, gross_minor, fee_minor, net_minor, fee_rate, ordered_at, completed_at, account_period, five_days_until,
    unsubscribing, credit, repaid_at, billing_state, bill_id
  from transactions
  where billing_state <> 'VOID');--> statement-breakpoint
CREATE VIEW "public"."listed_transactions" AS (
  select key, kind, site, order_id, order_line_id, seller_id, buyer_id, product_id, trade, variant, charging_mode,
    currency, gross_minor, fee_minor, net_minor, fee_rate, ordered_at, completed_at, account_period, five_days_until,
    unsubscribing, credit, repaid_at, billing_state, bill_id
  from transactions
  where billing_state <> 'VOID'
  union all
  select 'sale/' || id as key, 'SALE' as kind, line ->> 'site' as site, order_id, id as order_line_id, seller_id,
    buyer_id, product_id, trade, case trade when 'general' then 'general' else 'joint' end as variant,
    line -> 'charging' ->> 'mode' as charging_mode, amount_currency as currency, amount_minor as gross_minor, fee_minor,
    amount_minor - fee_minor as net_minor, fee_rate, created_at as ordered_at, null::timestamptz (3) as completed_at,
    null::text as account_period, null::timestamptz (3) as five_days_until, false as unsubscribing, credit, repaid_at,
    'PENDING' as billing_state, null::text as bill_id
  from (
    select *, start -> 'line' as line, coalesce(start -> 'line' ->> 'trade', 'general') as trade,
      (start -> 'line' ->> 'feeRate')::integer as fee_rate,
      div(amount_minor * (start -> 'line' ->> 'feeRate')::numeric + 5000, 10000)::bigint as fee_minor
    from order_lines
    where status = 'PROCESSING' and not (start -> 'line' ->> 'trial')::boolean
  ) as open_line);