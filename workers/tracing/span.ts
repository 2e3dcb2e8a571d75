import {
  context,
  propagation,
  SpanStatusCode,
  type Attributes,
  type Context,
  type SpanKind,
  type Tracer,
} from '@opentelemetry/api';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { traceOf, TRACE_HEADER } from '../../workflows/trace';

export interface SpanOptions {
  tracer: Tracer;
  name: string;
  kind: SpanKind;
  /** Ids and names of our own only: a trace leaves our walls as a log does. */
  attributes: Attributes;
  /** Default: what is active. */
  parent?: Context;
}

/**
 * Runs a part as a span, active in it. Of a failure the span tells only that there was one: its words may quote
 * what parties wrote, or the values of a query.
 */
export function inSpan<T>(options: SpanOptions, part: () => Promise<T>): Promise<T> {
  const { tracer, name, kind, attributes, parent = context.active() } = options;
  return tracer.startActiveSpan(name, { kind, attributes }, parent, async (span) => {
    try {
      return await part();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Headers that carry what is active to a workflow: its ids alone, as a caller's `baggage` and `tracestate` may say anything. */
export function withTrace(headers: Headers): Headers {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  const { traceparent } = carrier;
  if (traceparent === undefined) return headers;
  return { ...headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload({ traceparent }) };
}

/** The place in a trace that headers name; undefined without one. */
export function parentIn(headers: Headers): Context | undefined {
  const carrier = traceOf(headers)?.carrier;
  return carrier && propagation.extract(context.active(), carrier);
}
