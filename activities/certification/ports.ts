import type { CertificationKey, CertificationView } from '../../domain/certification/certification';

/** Keeps the newest view of a certification and its whole log; an older revision changes nothing. */
export interface CertificationStore {
  save(key: CertificationKey, view: CertificationView): Promise<void>;
}
