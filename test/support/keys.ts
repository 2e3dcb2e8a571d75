import { Keyring } from '../../db/keyring';

/** The key of all recorded histories: fixed, so that they can be read for ever. It protects nothing. */
export const TEST_CODEC_KEYS = `test:${Buffer.alloc(32, 3).toString('base64')}`;

export const testCodecKeys = Keyring.parse('STEWARD_CODEC_KEYS', TEST_CODEC_KEYS);

/** What Steward and the simulated platform sign with, in tests. */
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
