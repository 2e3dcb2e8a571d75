import { DefaultLogger, Runtime, type Logger as TemporalLogger } from '@temporalio/worker';
import pino, { type DestinationStream, type Logger } from 'pino';
import { censorLine } from './log-censor';

export interface LoggerOptions {
  /** Default `info`. */
  level?: pino.LevelWithSilent;
  /** Default: standard output, a JSON object for each line. */
  destination?: DestinationStream;
}

/**
 * The root logger of a process. Nothing that is secret or personal leaves it: fields are censored by name at
 * any depth, e-mail addresses, phone numbers and tokens wherever they stand (`log-censor.ts`).
 */
export function createLogger({ level = 'info', destination }: LoggerOptions = {}): Logger {
  const options: pino.LoggerOptions = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: censorLine },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * Sends all that the SDK says of itself to a logger, its native core too, which else writes to the console. To
 * be called right before a worker is made: it keeps the process running until its last connection is closed.
 *
 * @param metricsAddress where the core serves its metrics; without it, it measures nothing
 */
export function installRuntimeLogger(logger: TemporalLogger, metricsAddress?: string): void {
  const metrics = metricsAddress !== undefined && {
    metrics: { prometheus: { bindAddress: metricsAddress, unitSuffix: true, useSecondsForDurations: true } },
  };
  const telemetryOptions = { logging: { forward: {} }, ...metrics };
  Runtime.install({ logger, telemetryOptions, shutdownSignals: [] });
}

/**
 * For `installRuntimeLogger`: what the SDK, workflows and activities log goes the same way, with
 * workflow ids and the like as fields of their own.
 */
export function toTemporalLogger(logger: Logger): TemporalLogger {
  return new DefaultLogger('TRACE', ({ level, message, meta: { error, ...meta } = {} }) => {
    const fields = error === undefined ? meta : { ...meta, err: error as unknown };
    logger[PINO_LEVELS[level]](fields, message);
  });
}

const PINO_LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
