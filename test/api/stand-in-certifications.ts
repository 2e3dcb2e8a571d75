import type { CertificationService } from '../../api/certification-service';
import { StewardError } from '../../domain/errors';

/** No worker is up: for tests of the API that are about something else. Certifications have theirs in `test/live`. */
export const SILENT_CERTIFICATIONS: CertificationService = {
  command: () => Promise.reject(new StewardError('TRY_AGAIN')),
};
