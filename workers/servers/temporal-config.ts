import { LOOPBACK } from './ports';
import { DATABASES, PLUGIN } from './sql-tool';

/** The services of a cluster. Each takes a port for its calls and one for the ring in which they find each other. */
const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const;

/** How many ports `serverConfig` takes. */
export const PORTS = SERVICES.length * 2;

/** The variable in which the server finds the database's password. */
export const PASSWORD_VARIABLE = 'SQL_PASSWORD';

/** Replaced after JSON was made of it. */
const PASSWORD = '<password>';

export interface ServerConfig {
  postgresUrl: string;
  /** `PORTS` loopback ports; the first is the frontend's. */
  ports: readonly number[];
  /** Fixed for ever at the first start. */
  historyShards: number;
  /** File with the dynamic configuration. */
  dynamicConfigFile: string;
}

/**
 * The configuration of a Temporal server with all services in one process, as YAML, of which JSON is a part. The
 * password is not in it: the server, which takes it for a template, finds it in `PASSWORD_VARIABLE`.
 */
export function serverConfig({ postgresUrl, ports, historyShards, dynamicConfigFile }: ServerConfig): string {
  const [frontend] = ports;
  const config = {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'temporal',
      visibilityStore: 'temporal_visibility',
      numHistoryShards: historyShards,
      datastores: Object.fromEntries(
        Object.keys(DATABASES).map((name) => [name, { sql: store(postgresUrl, name) }]),
      ),
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: LOOPBACK } },
    services: Object.fromEntries(
      SERVICES.map((name, n) => [
        name,
        {
          rpc: { grpcPort: ports[2 * n], membershipPort: ports[2 * n + 1], bindOnLocalHost: true },
        },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `${LOOPBACK}:${frontend}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigFile, pollInterval: '60s' },
  };
  const json = JSON.stringify(config, null, 2);
  return `# enable-template\n${json.replaceAll(`"${PASSWORD}"`, `{{ env \`${PASSWORD_VARIABLE}\` | toJson }}`)}\n`;
}

/** Of PostgreSQL's 100 connections, the rest is for Steward. */
function store(postgresUrl: string, databaseName: string): object {
  const { hostname, port, username } = new URL(postgresUrl);
  return {
    pluginName: PLUGIN,
    databaseName,
    connectAddr: `${hostname}:${port || '5432'}`,
    connectProtocol: 'tcp',
    user: decodeURIComponent(username),
    password: PASSWORD,
    maxConns: 20,
    maxIdleConns: 20,
    maxConnLifetime: '1h',
  };
}
