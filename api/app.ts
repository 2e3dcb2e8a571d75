import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { createAuthenticator, type AuthSettings } from './auth';
import { closeConnectionsInTime } from './connections';
import type { ApiContext } from './context';
import { guardRoutes } from './guard';
import { describeApi } from './openapi';
import { answerWithProblems, sendProblem } from './problem';
import { agreementRoutes } from './routes/agreements';
import { certificationRoutes } from './routes/certification';
import { billFileRoutes } from './routes/bill-files';
import { billRoutes } from './routes/bills';
import { commandRoutes } from './routes/commands';
import { exportRoutes } from './routes/exports';
import { healthRoutes } from './routes/health';
import { licenseRoutes } from './routes/licenses';
import { logisticsRoutes } from './routes/logistics';
import { orderRoutes } from './routes/orders';
import { sellerCallRoutes } from './routes/seller-calls';
import { sellerRoutes } from './routes/sellers';
import { transactionRoutes } from './routes/transactions';
import { settlementRoutes } from './routes/settlement';
import { unsubscriptionRoutes } from './routes/unsubscriptions';
import { answerUnreadable } from './unreadable';

/** All that the API is given from outside. */
export interface ApiOptions extends ApiContext {
  auth: AuthSettings;
  /** Censors what is personal or secret: database errors quote the values of their query. */
  logger: FastifyBaseLogger;
  limits?: Partial<ApiLimits>;
  /** Adds the hooks of those who measure requests; called before there is any route. */
  observe?: ((app: FastifyInstance) => void) | undefined;
}

/** How much one caller may send. */
export interface ApiLimits {
  /** For each role and sub, or each address without a valid token; default 600. */
  requestsPerMinute: number;
  /** Default 256 KiB; larger ones are 413 `BODY_TOO_LARGE`. */
  bodyBytes: number;
}

const DEFAULT_LIMITS: ApiLimits = { requestsPerMinute: 600, bodyBytes: 256 * 1024 };

/** Milliseconds in which a request must have arrived whole: slow ones would hold connections. */
const REQUEST_TIMEOUT = 30_000;

/** Builds the HTTP API (design §5); the caller listens and closes. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { auth, logger, database, keyring, lines, certifications, bills, windows } = options;
  const { requestsPerMinute, bodyBytes } = { ...DEFAULT_LIMITS, ...options.limits };
  const context: ApiContext = { database, keyring, lines, certifications, bills, windows };
  const authenticate = createAuthenticator(auth);

  const app = Fastify({
    loggerInstance: logger,
    bodyLimit: bodyBytes,
    requestTimeout: REQUEST_TIMEOUT,
    genReqId: () => randomUUID(),
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
  })
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler)
    .withTypeProvider<ZodTypeProvider>();
  answerWithProblems(app);
  closeConnectionsInTime(app);
  options.observe?.(app);

  await describeApi(app);
  healthRoutes(app, context);
  await app.register(
    async (v1) => {
      await guardRoutes(v1, { authenticate, requestsPerMinute });
      sellerRoutes(v1, context);
      certificationRoutes(v1, context);
      agreementRoutes(v1, context);
      orderRoutes(v1, context);
      commandRoutes(v1, context);
      unsubscriptionRoutes(v1, context);
      licenseRoutes(v1, context);
      logisticsRoutes(v1, context);
      sellerCallRoutes(v1, context);
      settlementRoutes(v1, context);
      transactionRoutes(v1, context);
      exportRoutes(v1, context);
      billRoutes(v1, context);
      billFileRoutes(v1, context);
    },
    { prefix: '/v1' },
  );
  return app;
}
