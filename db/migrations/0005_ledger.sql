CREATE TABLE "bills" (
	"id" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"period" text NOT NULL,
	"seller_id" text NOT NULL,
	"variant" text NOT NULL,
	"currency" text NOT NULL,
	"transactions" integer NOT NULL,
	"gross_minor" bigint NOT NULL,
	"refunds_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"carried_in_minor" bigint NOT NULL,
	"deposit_used_minor" bigint NOT NULL,
	"owed_minor" bigint NOT NULL,
	"payable_minor" bigint NOT NULL,
	"carried_out_minor" bigint NOT NULL,
	"carried_to" text,
	CONSTRAINT "bills_balanced" CHECK ("bills"."net_minor" + "bills"."carried_in_minor" + "bills"."deposit_used_minor" + "bills"."owed_minor"
        = "bills"."payable_minor" + "bills"."carried_out_minor")
);
--> statement-breakpoint
CREATE TABLE "deposits" (
	"id" text PRIMARY KEY NOT NULL,
	"seller_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "journal_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "journal_entries_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "journal_postings" (
	"entry_id" bigint NOT NULL,
	"account" text NOT NULL,
	"seller_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "journal_postings_entry_id_account_currency_pk" PRIMARY KEY("entry_id","account","currency")
);
--> statement-breakpoint
CREATE TABLE "settlement_runs" (
	"site" text NOT NULL,
	"period" text NOT NULL,
	"cut_off" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "settlement_runs_site_period_pk" PRIMARY KEY("site","period")
);
--> statement-breakpoint
CREATE TABLE "settlement_sellers" (
	"site" text NOT NULL,
	"period" text NOT NULL,
	"seller_id" text NOT NULL,
	"transactions" integer NOT NULL,
	"billed_at" timestamp (3) with time zone,
	CONSTRAINT "settlement_sellers_site_period_seller_id_pk" PRIMARY KEY("site","period","seller_id")
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"key" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"site" text NOT NULL,
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"seller_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"product_id" text NOT NULL,
	"trade" text NOT NULL,
	"variant" text NOT NULL,
	"charging_mode" text NOT NULL,
	"currency" text NOT NULL,
	"gross_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"fee_rate" integer NOT NULL,
	"ordered_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone NOT NULL,
	"five_days_until" timestamp (3) with time zone,
	"unsubscribing" boolean NOT NULL,
	"credit" boolean NOT NULL,
	"repaid_at" timestamp (3) with time zone,
	"account_period" text NOT NULL,
	"billing_state" text NOT NULL,
	"bill_id" text,
	CONSTRAINT "transactions_parts" CHECK ("transactions"."gross_minor" = "transactions"."fee_minor" + "transactions"."net_minor"),
	CONSTRAINT "transactions_billed" CHECK (("transactions"."billing_state" = 'BILLED') = ("transactions"."bill_id" is not null))
);
--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "credit" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "repaid_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "ledger_revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bills" ADD CONSTRAINT "bills_site_period_seller_id_settlement_sellers_site_period_seller_id_fk" FOREIGN KEY ("site","period","seller_id") REFERENCES "public"."settlement_sellers"("site","period","seller_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_postings" ADD CONSTRAINT "journal_postings_entry_id_journal_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."journal_entries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlement_sellers" ADD CONSTRAINT "settlement_sellers_site_period_settlement_runs_site_period_fk" FOREIGN KEY ("site","period") REFERENCES "public"."settlement_runs"("site","period") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bills_seller" ON "bills" USING btree ("site","period","seller_id");--> statement-breakpoint
CREATE INDEX "bills_carried" ON "bills" USING btree ("site","seller_id") WHERE "bills"."carried_out_minor" < 0 and "bills"."carried_to" is null;--> statement-breakpoint
CREATE INDEX "journal_postings_deposit" ON "journal_postings" USING btree ("seller_id","currency") WHERE "journal_postings"."account" = 'DEPOSIT';--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_sale" ON "transactions" USING btree ("order_line_id") WHERE "transactions"."kind" = 'SALE';--> statement-breakpoint
CREATE INDEX "transactions_order" ON "transactions" USING btree ("order_id","order_line_id");--> statement-breakpoint
CREATE INDEX "transactions_pending" ON "transactions" USING btree ("site","seller_id") WHERE "transactions"."billing_state" = 'PENDING';--> statement-breakpoint
CREATE INDEX "transactions_page" ON "transactions" USING btree ("ordered_at","key");--> statement-breakpoint
CREATE INDEX "transactions_seller" ON "transactions" USING btree ("seller_id","ordered_at","key");--> statement-breakpoint
CREATE INDEX "transactions_bill" ON "transactions" USING btree ("bill_id");--> statement-breakpoint
CREATE INDEX "order_lines_unposted" ON "order_lines" USING btree ("order_id","id") WHERE "order_lines"."status" <> 'PROCESSING' and "order_lines"."ledger_revision" < "order_lines"."revision";--> statement-breakpoint
CREATE VIEW "public"."listed_transactions" AS (
  select key, kind, site, order_id, order_line_id, seller_id, buyer_id, product_id, trade, variant, charging_mode,
    currency, gross_minor, fee_minor, net_minor, fee_rate, ordered_at, completed_at, account_period, five_days_until,
    unsubscribing, credit, repaid_at, billing_state, bill_id
  from transactions
  where billing_state <> 'VOID'
  union all
  select 'sale/' || id, 'SALE', line ->> 'site', order_id, id, seller_id, buyer_id, product_id, trade,
    case trade when 'general' then 'general' else 'joint' end, line -> 'charging' ->> 'mode',
    amount_currency, amount_minor, fee_minor, amount_minor - fee_minor, fee_rate, created_at, null, null, null,
    false, credit, repaid_at, 'PENDING', null
  from (
    select *, start -> 'line' as line, coalesce(start -> 'line' ->> 'trade', 'general') as trade,
      (start -> 'line' ->> 'feeRate')::integer as fee_rate,
      div(amount_minor * (start -> 'line' ->> 'feeRate')::numeric + 5000, 10000)::bigint as fee_minor
    from order_lines
    where status = 'PROCESSING' and not (start -> 'line' ->> 'trial')::boolean
  ) as open_line);