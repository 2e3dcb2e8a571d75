import type { WorkflowClientInterceptor } from '@temporalio/client';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import { traceClient } from './client';
import { traceRequests } from './requests';
import { traceWorker, type WorkerTracing } from './worker';

/** What the parts of a process take to take part in traces. */
export interface Tracing {
  client: WorkflowClientInterceptor;
  worker: WorkerTracing;
  requests: (app: FastifyInstance) => void;
  /** Sends what is left. Never rejects: a collector that is away keeps nobody from stopping. */
  close: () => Promise<void>;
}

/**
 * Sends spans to a collector, by OTLP over HTTP. Beside the URL it is set by the environment as all of
 * OpenTelemetry: `OTEL_SERVICE_NAME` (default `steward`), `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_BSP_*`.
 */
export function startTracing(url: string): Tracing {
  const ids = new RandomIdGenerator();
  let given: string | undefined;
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'steward' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
    idGenerator: {
      generateTraceId: () => ids.generateTraceId(),
      generateSpanId: () => given ?? ids.generateSpanId(),
    },
  });
  provider.register();
  const tracer = provider.getTracer('steward');
  const withSpanId = <T>(spanId: string, start: () => T): T => {
    given = spanId;
    try {
      return start();
    } finally {
      given = undefined;
    }
  };
  return {
    client: traceClient(tracer),
    worker: traceWorker(tracer, withSpanId),
    requests: traceRequests(tracer),
    close: () => provider.shutdown().catch(() => undefined),
  };
}
