-- What is in the journal stays as it was written.
CREATE FUNCTION "journal_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the journal is append-only: no % of %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "journal_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal_entries" FOR EACH STATEMENT EXECUTE FUNCTION "journal_append_only"();
--> statement-breakpoint
CREATE TRIGGER "journal_postings_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "journal_postings" FOR EACH STATEMENT EXECUTE FUNCTION "journal_append_only"();
--> statement-breakpoint
-- Looked at when the transaction commits: by then an entry is whole, and balanced in each currency.
CREATE FUNCTION "journal_balanced"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (
		SELECT 1 FROM "journal_postings" WHERE "entry_id" = NEW."entry_id"
		GROUP BY "currency" HAVING sum("amount_minor") <> 0
	) THEN
		RAISE EXCEPTION 'journal entry % is not balanced', NEW."entry_id" USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "journal_postings_balanced" AFTER INSERT ON "journal_postings" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "journal_balanced"();
