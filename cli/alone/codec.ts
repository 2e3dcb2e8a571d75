import type { FastifyRequest } from 'fastify';
import { createAuthenticator } from '../../api/auth';
import { StewardError } from '../../domain/errors';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { startCodecServer } from '../../workers/codec/server';
import { codecKeys, jwtSecret, type Environment } from '../../workers/keys';
import { createLogger } from '../../workers/logger';
import { required } from '../../workers/required';
import { authSettings } from '../../workers/settings';
import type { Listen } from './api';
import { stopAsked } from './stop-asked';

/**
 * Serves `POST /encode` and `/decode` for the Temporal UI until it is asked to stop. Only an operator's bearer token
 * is shown anything, and only pages of the origins in `STEWARD_CODEC_ORIGINS` are. Rejects when it cannot start.
 */
export async function runCodec(env: Environment, listen: Listen): Promise<void> {
  const codec = new EncryptionCodec(codecKeys(env));
  const authenticate = createAuthenticator({ ...authSettings(env), secret: jwtSecret(env) });
  const authorize = async ({ headers }: FastifyRequest): Promise<void> => {
    const { role } = await authenticate(headers.authorization);
    if (role !== 'operator') throw new StewardError('FORBIDDEN', { role, roles: 'operator' });
  };
  const logger = createLogger();
  const server = await startCodecServer({
    ...{ codec, authorize, origins: codecOrigins(env), path: '' },
    ...listen,
  }).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    const { port } = listen;
    throw new StewardError('PORT_BUSY', { port, what: 'codec server', option: '--port' }, { cause });
  });
  logger.info({ url: server.endpoint }, 'codec server started');
  const signal = await stopAsked();
  logger.info({ signal }, 'codec server stops');
  await server.close();
}

/** `STEWARD_CODEC_ORIGINS`: where the Temporal UI is, `https://temporal.example`, separated by commas. */
function codecOrigins(env: Environment): string[] {
  const setting = 'STEWARD_CODEC_ORIGINS';
  const origins = required(env, setting, 'it names the Temporal UI, whose pages may read payloads').split(
    ',',
  );
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (wrong === undefined) return origins;
  throw new StewardError('CONFIG_INVALID', {
    setting,
    reason: `"${wrong}" is no origin, as https://temporal.example is`,
  });
}
