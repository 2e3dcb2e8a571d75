import { defineConfig } from 'drizzle-kit';

/** `npm run db:generate` writes the next migration from what changed in the schema. */
export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/schema.ts',
    './db/ledger/schema.ts',
    './db/ledger/listed.ts',
    './db/exports/schema.ts',
    './db/certification/schema.ts',
    './db/billing/schema.ts',
  ],
  out: './db/migrations',
});
