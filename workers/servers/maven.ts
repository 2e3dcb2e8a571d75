import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fetched } from './cache';
import { withProgress } from './progress';
import { onPath, run } from './run';

const VERSION = '1.31.0';
const DOWNLOAD_MS = 10 * 60_000;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>steward</groupId>
  <artifactId>temporal-test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.16</version></dependency>
  </dependencies>
</project>
`;

const WRAPPER = `#!/bin/sh
lib=$(cd "$(dirname "$0")/lib" && pwd)
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$lib/*" io.temporal.testserver.TestServer "$@"
`;

/** The time-skipping server of the Java SDK with its dependencies, and a shell script that starts it. */
export function maven(options: Pick<Fetched, 'server' | 'folder' | 'executable' | 'check'>): Fetched {
  return {
    ...options,
    folder: join(options.folder, `maven-${VERSION}`),
    async fill(folder) {
      const mvn = onPath('mvn');
      if (mvn === undefined || onPath('java') === undefined) {
        throw new Error('there is no `mvn` or no `java` on the PATH; install Maven and Java 11 or newer');
      }
      writeFileSync(join(folder, 'pom.xml'), POM);
      const args = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'];
      await withProgress(`${options.server}: fetching with Maven`, () =>
        run(mvn, args, { cwd: folder, signal: AbortSignal.timeout(DOWNLOAD_MS) }),
      );
      writeFileSync(join(folder, options.executable), WRAPPER, { mode: 0o755 });
    },
  };
}
