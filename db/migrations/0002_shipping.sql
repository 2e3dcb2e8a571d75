CREATE TABLE "recipients" (
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"address_id" text NOT NULL,
	"recipient_encrypted" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "recipients_order_id_order_line_id_address_id_pk" PRIMARY KEY("order_id","order_line_id","address_id")
);
--> statement-breakpoint
CREATE TABLE "shipments" (
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text NOT NULL,
	CONSTRAINT "shipments_order_id_order_line_id_pk" PRIMARY KEY("order_id","order_line_id")
);
--> statement-breakpoint
CREATE TABLE "unsubscription_quotas" (
	"buyer_id" text NOT NULL,
	"year" integer NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "unsubscription_quotas_buyer_id_year_pk" PRIMARY KEY("buyer_id","year")
);
--> statement-breakpoint
CREATE TABLE "unsubscriptions_taken" (
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"year" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unsubscriptions_taken_order_id_order_line_id_pk" PRIMARY KEY("order_id","order_line_id")
);
--> statement-breakpoint
ALTER TABLE "recipients" ADD CONSTRAINT "recipients_order_id_order_line_id_order_lines_order_id_id_fk" FOREIGN KEY ("order_id","order_line_id") REFERENCES "public"."order_lines"("order_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_order_line_id_order_lines_order_id_id_fk" FOREIGN KEY ("order_id","order_line_id") REFERENCES "public"."order_lines"("order_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shipments_parcel" ON "shipments" USING btree ("carrier","tracking_number");