/**
 * Finds the Temporal servers, or fetches them once, before anything needs them:
 *
 *     node --import tsx scripts/fetch-servers.ts [dev] [test] [temporal]
 *
 * Without a name: those of `npm test`, dev and test. Says where each was found; ends with code 1 if one is missing.
 */
import { StewardError } from '../domain/errors';
import { findDevServerExecutable, findTemporalServer, findTestServer } from '../workers/servers';

const SERVERS = {
  dev: { name: 'Temporal dev server', find: findDevServerExecutable },
  test: { name: 'Temporal time-skipping server', find: findTestServer },
  temporal: {
    name: 'Temporal server',
    find: async () => {
      const { server, way } = await findTemporalServer();
      return { executable: server, way };
    },
  },
};

async function main(names: string[]): Promise<void> {
  const wanted = names.length > 0 ? names : ['dev', 'test'];
  for (const wantedName of wanted) {
    if (!(wantedName in SERVERS))
      throw new Error(`There is no server "${wantedName}"; name dev, test, temporal or none`);
    const { name, find } = SERVERS[wantedName as keyof typeof SERVERS];
    const { executable, way } = await find();
    console.log(`${name}: ${executable} (${way})`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof StewardError ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
});
