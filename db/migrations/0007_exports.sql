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
ALTER TABLE "transaction_export_pages" ADD CONSTRAINT "transaction_export_pages_export_id_transaction_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."transaction_exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transaction_export_pages_age" ON "transaction_export_pages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "transaction_exports_party" ON "transaction_exports" USING btree ("role","sub","created_at");