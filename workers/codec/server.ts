import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { StewardError } from '../../domain/errors';
import { allowOrigins } from './cors';

const { Payload: PayloadMessage, Payloads } = temporal.api.common.v1;

export interface CodecServerOptions {
  codec: PayloadCodec;
  /** Origins of the Temporal UI, for example `http://localhost:8233`; pages of others get nothing. */
  origins: readonly string[];
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default: an unguessable one, fresh at each start. */
  path?: string;
  /**
   * Elsewhere than on loopback: rejects with `UNAUTHENTICATED` or `FORBIDDEN` unless the request comes from
   * an operator. By default the unguessable path is the proof.
   */
  authorize?: (request: FastifyRequest) => Promise<unknown>;
}

export interface CodecServer {
  /** What the Temporal UI takes as its codec endpoint. */
  endpoint: string;
  close: () => Promise<void>;
}

/**
 * Serves `POST {endpoint}/encode` and `/decode`, so that the Temporal UI shows payloads in clear to whoever
 * has the endpoint, and to nobody else (design §7). Everything else is 404.
 */
export async function startCodecServer(options: CodecServerOptions): Promise<CodecServer> {
  const { codec, origins, authorize, port = 0, host = '127.0.0.1' } = options;
  const prefix = options.path ?? `/${randomBytes(24).toString('base64url')}`;
  // The Temporal API answers with 4 MB at most; base64 adds a third.
  const app = fastify({ bodyLimit: 8 * 1024 * 1024, forceCloseConnections: true });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  app.setErrorHandler(answerError);
  await app.register(
    (scope, _options, done) => {
      allowOrigins(scope, origins, ['/encode', '/decode']);
      const route = {
        schema: { body: PAYLOADS },
        onRequest: async (request: FastifyRequest): Promise<void> => {
          await authorize?.(request);
        },
      };
      scope.post('/encode', route, async ({ body }) => toJson(await codec.encode(fromJson(body))));
      scope.post('/decode', route, async ({ body }) => toJson(await codec.decode(fromJson(body))));
      done();
    },
    { prefix },
  );
  await app.listen({ port, host });
  const { port: taken } = app.server.address() as AddressInfo;
  return { endpoint: `http://${host}:${taken}${prefix}`, close: () => app.close() };
}

/** Protobuf JSON, as the Temporal UI sends it: bytes are base64. */
const PAYLOADS = {
  type: 'object',
  required: ['payloads'],
  properties: {
    payloads: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          metadata: { type: ['object', 'null'], additionalProperties: { type: 'string' } },
          data: { type: ['string', 'null'] },
        },
      },
    },
  },
} as const;

function fromJson(body: unknown): Payload[] {
  return Payloads.fromObject(body as object).payloads;
}

function toJson(payloads: Payload[]): object {
  const shown = payloads.map((payload) =>
    PayloadMessage.toObject(PayloadMessage.create(payload), { bytes: String }),
  );
  return { payloads: shown };
}

/** Only our own words go out: those of a parser may quote what it read. */
function answerError(error: FastifyError | StewardError, _request: FastifyRequest, reply: FastifyReply) {
  if (!(error instanceof StewardError)) return reply.code(error.statusCode ?? 500).send();
  return reply.code(error.status).send({ code: error.code, message: error.message });
}
