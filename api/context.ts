import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Windows } from '../domain/windows';
import type { Database } from '../db/connect';
import type { Keyring } from '../db/keyring';
import type { CertificationService } from './certification-service';
import type { BillService } from './bill-service';
import type { LineService } from './line-service';

/** What the routes work with. */
export interface ApiContext {
  database: Database;
  /** Opens and seals what is encrypted at rest. */
  keyring: Keyring;
  lines: LineService;
  certifications: CertificationService;
  bills: BillService;
  /** The rules that new orders and certifications begin with. */
  windows: Windows;
}

/** A Fastify app, or a scope of it, whose routes are typed by their zod schemas. */
export type Routes = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
