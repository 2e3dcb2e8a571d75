CREATE TABLE "licenses" (
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"seller_id" text NOT NULL,
	"code_hmac" text NOT NULL,
	"code_encrypted" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_heartbeat_at" timestamp (3) with time zone,
	CONSTRAINT "licenses_order_id_order_line_id_pk" PRIMARY KEY("order_id","order_line_id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"refused" text
);
--> statement-breakpoint
ALTER TABLE "licenses" ADD CONSTRAINT "licenses_order_id_order_line_id_order_lines_order_id_id_fk" FOREIGN KEY ("order_id","order_line_id") REFERENCES "public"."order_lines"("order_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "licenses_code_hmac" ON "licenses" USING btree ("code_hmac");--> statement-breakpoint
CREATE INDEX "mails_order" ON "mails" USING btree ("order_id","created_at");