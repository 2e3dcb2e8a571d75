import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import type { Sink, Sinks } from '@temporalio/workflow';

/** The header that Temporal's own OpenTelemetry interceptors use, so that their clients and workers join in. */
export const TRACE_HEADER = '_tracer-data';

/** A place in a trace, as it travels in headers: of W3C Trace Context the ids alone. */
export interface TraceCarrier {
  traceparent: string;
}

/** The same with its parts. */
export interface Trace {
  carrier: TraceCarrier;
  spanId: string;
}

/** A piece of a workflow that is over; times in epoch milliseconds, as the workflow has them. */
export interface EndedSpan extends Trace {
  name: string;
  parent: Trace;
  start: number;
  end: number;
  failed: boolean;
}

/** Takes spans out of the sandbox. */
export interface TraceSinks extends Sinks {
  spans: Sink & { ended(span: EndedSpan): void };
}

/** The trace that headers carry; undefined without one, or for one that cannot be read: no order depends on it. */
export function traceOf(headers: Headers): Trace | undefined {
  const payload = headers[TRACE_HEADER];
  if (!payload) return undefined;
  try {
    const { traceparent } = defaultPayloadConverter.fromPayload<TraceCarrier>(payload);
    const spanId = TRACEPARENT.exec(traceparent)?.[1];
    return spanId === undefined ? undefined : { carrier: { traceparent }, spanId };
  } catch {
    return undefined;
  }
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** A place below, whose id follows from its name: a replay finds the same. */
export function childOf({ carrier }: Trace, name: string): Trace {
  const [version = '', traceId = '', , flags = ''] = carrier.traceparent.split('-');
  const spanId = hash(name, 0x811c9dc5) + hash(name, 0x2f0b4c47);
  return { carrier: { traceparent: [version, traceId, spanId, flags].join('-') }, spanId };
}

/** FNV-1a in 32 bits, from a basis: eight hex digits. */
function hash(text: string, basis: number): string {
  let value = basis;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
