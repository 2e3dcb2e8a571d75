CREATE TABLE "certification_log" (
	"seller_id" text NOT NULL,
	"site" text NOT NULL,
	"seq" integer NOT NULL,
	"entry" jsonb NOT NULL,
	CONSTRAINT "certification_log_seller_id_site_seq_pk" PRIMARY KEY("seller_id","site","seq")
);
--> statement-breakpoint
CREATE TABLE "certification_submissions" (
	"seller_id" text NOT NULL,
	"site" text NOT NULL,
	"id" text NOT NULL,
	"business_encrypted" text,
	"finance_contact_encrypted" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "certification_submissions_seller_id_site_id_pk" PRIMARY KEY("seller_id","site","id")
);
--> statement-breakpoint
CREATE TABLE "certifications" (
	"seller_id" text NOT NULL,
	"site" text NOT NULL,
	"revision" integer NOT NULL,
	"node" text NOT NULL,
	"view" jsonb NOT NULL,
	CONSTRAINT "certifications_seller_id_site_pk" PRIMARY KEY("seller_id","site")
);
--> statement-breakpoint
ALTER TABLE "mails" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ALTER COLUMN "order_line_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "certification_log" ADD CONSTRAINT "certification_log_seller_id_site_certifications_seller_id_site_fk" FOREIGN KEY ("seller_id","site") REFERENCES "public"."certifications"("seller_id","site") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certification_submissions" ADD CONSTRAINT "certification_submissions_seller_id_sellers_id_fk" FOREIGN KEY ("seller_id") REFERENCES "public"."sellers"("id") ON DELETE no action ON UPDATE no action;