/** For other processes than those of a world that is started here: another cluster, a build of a release, a port. */
const FOR_OTHERS = /^(TEMPORAL_.*|STEWARD_BUILD_ID|STEWARD_DEPLOYMENT_NAME|STEWARD_METRICS_LISTEN)$/;

/**
 * The environment without what would lead several processes astray that have a Temporal server of their own: they would
 * speak TLS to it, wait until a build is made the current one, or want the same port.
 */
export function ownWorld(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !FOR_OTHERS.test(name)));
}
