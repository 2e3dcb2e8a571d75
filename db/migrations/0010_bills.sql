CREATE TABLE "bill_adjustments" (
	"bill_id" text NOT NULL,
	"n" integer NOT NULL,
	"amount_minor" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bill_adjustments_bill_id_n_pk" PRIMARY KEY("bill_id","n")
);
--> statement-breakpoint
CREATE TABLE "bill_lives" (
	"bill_id" text PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"node" text NOT NULL,
	"waiting_for" text NOT NULL,
	"overdue" boolean NOT NULL,
	"due_at" timestamp (3) with time zone,
	"view" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bill_payments" (
	"bill_id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice_numbers" (
	"number" text PRIMARY KEY NOT NULL,
	"bill_id" text NOT NULL,
	"submission" integer NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "bill_id" text;--> statement-breakpoint
ALTER TABLE "bill_adjustments" ADD CONSTRAINT "bill_adjustments_bill_id_bills_id_fk" FOREIGN KEY ("bill_id") REFERENCES "public"."bills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bill_lives" ADD CONSTRAINT "bill_lives_bill_id_bills_id_fk" FOREIGN KEY ("bill_id") REFERENCES "public"."bills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bill_payments" ADD CONSTRAINT "bill_payments_bill_id_bills_id_fk" FOREIGN KEY ("bill_id") REFERENCES "public"."bills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_numbers" ADD CONSTRAINT "invoice_numbers_bill_id_bills_id_fk" FOREIGN KEY ("bill_id") REFERENCES "public"."bills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bill_lives_node" ON "bill_lives" USING btree ("node");