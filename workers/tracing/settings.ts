import { StewardError } from '../../domain/errors';
import type { Environment } from '../keys';

/**
 * Reads `OTEL_EXPORTER_OTLP_ENDPOINT`, or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` for a whole URL: where traces go, by
 * OTLP over HTTP. Undefined when neither is set, and then nothing of OpenTelemetry is loaded.
 *
 * @returns the URL that takes spans
 * @throws `CONFIG_INVALID`
 */
export function tracesUrl(env: Environment): string | undefined {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole, OTEL_EXPORTER_OTLP_ENDPOINT: base } = env;
  const [setting, text] = whole
    ? (['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', whole] as const)
    : (['OTEL_EXPORTER_OTLP_ENDPOINT', base && `${base.replace(/\/$/, '')}/v1/traces`] as const);
  if (!text) return undefined;
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
  const reason = 'is not an http or https URL, for example http://127.0.0.1:4318';
  throw new StewardError('CONFIG_INVALID', { setting, reason });
}
