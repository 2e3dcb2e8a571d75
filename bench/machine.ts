import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@temporalio/client';

/** On what it ran. */
export interface Machine {
  cpus: number;
  model: string;
  memoryGb: number;
  system: string;
  /** Of the last minute before it began: other work of that time disturbs the figures. */
  load: number;
}

export function machineNow(): Machine {
  const all = cpus();
  return {
    cpus: all.length,
    model: all[0]?.model.trim() ?? '',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()} ${arch()}`,
    load: loadavg()[0] ?? 0,
  };
}

/** Versions of all that the figures depend on. */
export async function versions(connection: Connection): Promise<Record<string, string>> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  return {
    steward: versionIn(join(__dirname, '../package.json')),
    node: process.version,
    temporalServer: serverVersion,
    temporalSdk: versionOf('@temporalio/worker'),
    pglite: versionOf('@electric-sql/pglite'),
    pg: versionOf('pg'),
  };
}

function versionOf(name: string): string {
  return versionIn(join(__dirname, '../node_modules', name, 'package.json'));
}

function versionIn(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
