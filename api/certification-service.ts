import type {
  CertificationRequest,
  CertificationStart,
  CertificationUpdateAnswer,
} from '../domain/certification/certification';
import type { CertificationCommand } from '../domain/certification/machine';

/** All that the API asks of running certifications; `api/temporal-certifications.ts` does it with workflows. */
export interface CertificationService {
  /**
   * Gives a command, after starting the certification unless it runs; the same `updateId` takes effect once. Rejects
   * with the catalogue's code when it is refused, with `TRY_AGAIN` when no answer came in time.
   */
  command(
    start: CertificationStart,
    command: CertificationCommand,
    request: CertificationRequest,
    updateId: string,
  ): Promise<CertificationUpdateAnswer>;
}
