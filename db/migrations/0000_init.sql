CREATE TABLE "idempotency_keys" (
	"role" text NOT NULL,
	"sub" text NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"status" integer,
	"answer_encrypted" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_role_sub_key_pk" PRIMARY KEY("role","sub","key")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"order_id" text NOT NULL,
	"id" text NOT NULL,
	"seller_id" text NOT NULL,
	"buyer_id" text NOT NULL,
	"product_id" text NOT NULL,
	"sku_id" text NOT NULL,
	"delivery" text NOT NULL,
	"amount_currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"contact_encrypted" text NOT NULL,
	"start" jsonb NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"node" text NOT NULL,
	"waiting_for" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"view" jsonb,
	"app_info_encrypted" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_lines_order_id_id_pk" PRIMARY KEY("order_id","id")
);
--> statement-breakpoint
CREATE TABLE "order_log" (
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"seq" integer NOT NULL,
	"entry" jsonb NOT NULL,
	CONSTRAINT "order_log_order_id_order_line_id_seq_pk" PRIMARY KEY("order_id","order_line_id","seq")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"body_sha256" text NOT NULL,
	"site" text NOT NULL,
	"order_type" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"seller_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"production_url" text,
	"fee_rate" integer NOT NULL,
	CONSTRAINT "products_seller_id_id_pk" PRIMARY KEY("seller_id","id")
);
--> statement-breakpoint
CREATE TABLE "seller_calls" (
	"call_id" text PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"order_line_id" text NOT NULL,
	"seller_id" text NOT NULL,
	"activity" text NOT NULL,
	"attempt" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"ms" integer,
	"http_status" integer,
	"result_code" text,
	"exception" text
);
--> statement-breakpoint
CREATE TABLE "sellers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"language" text NOT NULL,
	"access_key_encrypted" text NOT NULL,
	"previous_access_key_encrypted" text,
	"key_changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_log" ADD CONSTRAINT "order_log_order_id_order_line_id_order_lines_order_id_id_fk" FOREIGN KEY ("order_id","order_line_id") REFERENCES "public"."order_lines"("order_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_seller_id_sellers_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."sellers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_lines_id" ON "order_lines" USING btree ("id");--> statement-breakpoint
CREATE INDEX "order_lines_page" ON "order_lines" USING btree ("created_at","order_id","id");--> statement-breakpoint
CREATE INDEX "order_lines_seller" ON "order_lines" USING btree ("seller_id","created_at");--> statement-breakpoint
CREATE INDEX "order_lines_buyer" ON "order_lines" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "order_lines_status" ON "order_lines" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "order_lines_node" ON "order_lines" USING btree ("node","created_at");--> statement-breakpoint
CREATE INDEX "order_lines_waiting_for" ON "order_lines" USING btree ("waiting_for","created_at");--> statement-breakpoint
CREATE INDEX "order_lines_delivery" ON "order_lines" USING btree ("delivery","created_at");--> statement-breakpoint
CREATE INDEX "order_lines_due_at" ON "order_lines" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "order_lines_unstarted" ON "order_lines" USING btree ("created_at") WHERE "order_lines"."revision" = 0;--> statement-breakpoint
CREATE INDEX "seller_calls_page" ON "seller_calls" USING btree ("at","call_id");--> statement-breakpoint
CREATE INDEX "seller_calls_order" ON "seller_calls" USING btree ("order_id","at");--> statement-breakpoint
CREATE INDEX "seller_calls_seller" ON "seller_calls" USING btree ("seller_id","at");