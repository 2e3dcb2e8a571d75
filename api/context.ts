import type { Windows } from '../domain/windows';
import type { Database } from '../db/connect';
import type { Keyring } from '../db/keyring';
import type { LineService } from './line-service';

/** What the routes work with. */
export interface ApiContext {
  database: Database;
  /** Opens and seals what is encrypted at rest. */
  keyring: Keyring;
  lines: LineService;
  /** The rules that new orders begin with. */
  windows: Windows;
}
