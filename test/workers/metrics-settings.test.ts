import { metricsListen } from '../../workers/metrics/settings';
import { tracesUrl } from '../../workers/tracing/settings';

/** What switches metrics and traces on. */

test('nothing is measured or traced unless it is asked for', () => {
  expect(metricsListen({ STEWARD_METRICS_LISTEN: '' })).toBeUndefined();
  expect(tracesUrl({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
});

test.each([
  ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
])('metrics are at %s', (STEWARD_METRICS_LISTEN, listen) => {
  expect(metricsListen({ STEWARD_METRICS_LISTEN })).toEqual(listen);
});

test.each(['9464', ':9464', '127.0.0.1', '::1:9464', 'a b:1', 'host:70000', 'http://host:9464'])(
  '%s is no address of metrics',
  (STEWARD_METRICS_LISTEN) => {
    expect(() => metricsListen({ STEWARD_METRICS_LISTEN })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error,
    );
  },
);

test('the collector is named by its base, or its whole URL', () => {
  const base = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4318/' };
  expect(tracesUrl(base)).toBe('http://otel:4318/v1/traces');
  expect(tracesUrl({ ...base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://otel/in' })).toBe(
    'https://otel/in',
  );
});

test.each(['otel:4318', '127.0.0.1:4318', 'grpc://otel:4317'])('%s is no collector', (url) => {
  expect(() => tracesUrl({ OTEL_EXPORTER_OTLP_ENDPOINT: url })).toThrow(
    /OTEL_EXPORTER_OTLP_ENDPOINT: .*http/,
  );
});
