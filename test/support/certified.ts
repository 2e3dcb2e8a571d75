import { certificationStore, getCertification } from '../../db/certification/certifications';
import type { Database } from '../../db/connect';
import {
  UNCERTIFIED,
  type CertificationKey,
  type CertificationNode,
} from '../../domain/certification/certification';

/** Writes into SQL how a seller's certification stands, as its workflow would: for tests of billing. */
export async function certify(
  db: Database,
  key: CertificationKey,
  node: CertificationNode = 'CERTIFIED',
): Promise<void> {
  const { revision } = (await getCertification(db, key)) ?? UNCERTIFIED;
  await certificationStore(db).save(key, { ...UNCERTIFIED, node, revision: revision + 1 });
}
