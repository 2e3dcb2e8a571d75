import {
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A span for each request to an app, below the caller's if it sends `traceparent`; given to it before its routes. */
export function traceRequests(tracer: Tracer): (app: FastifyInstance) => void {
  const spans = new WeakMap<FastifyRequest, Span>();
  return (app) => {
    app.addHook('onRequest', (request, _reply, done) => {
      const { method, routeOptions, headers, id } = request;
      const route = routeOptions.url ?? 'none';
      const attributes = { 'http.request.method': method, 'http.route': route, request_id: id };
      const above = propagation.extract(context.active(), headers);
      const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, above);
      spans.set(request, span);
      context.with(trace.setSpan(above, span), done);
    });
    app.addHook('onResponse', (request, reply, done) => {
      const span = spans.get(request);
      span?.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      done();
    });
    // A caller that goes away gets no answer, but has its span.
    app.addHook('onRequestAbort', (request, done) => {
      spans.get(request)?.end();
      done();
    });
  };
}
