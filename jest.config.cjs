const { availableParallelism } = require('node:os');

const TESTS = '**/*.test.ts';

/** Most of the time the tests wait for servers, so that two files share even two cores well. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // What kills a PostgreSQL of its own is for `npm run test:postgres`.
  testMatch: process.env.STEWARD_TEST_DATABASE === 'postgres' ? [TESTS, '**/*.postgres.ts'] : [TESTS],
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
  // Concurrent tests start whole Stewards: more than two at a time would starve each other.
  maxConcurrency: 2,
  // Native modules keep memory that a file leaves behind: a process that has grown is replaced.
  workerIdleMemoryLimit: '700MB',
  testTimeout: 180_000,
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  // Of unpdf's exports only those for import have the reader itself.
  moduleNameMapper: { '^unpdf/pdfjs$': '<rootDir>/node_modules/unpdf/dist/pdfjs.mjs' },
  // jose and hucre ship ES modules only, PGlite, the exporter of traces and unpdf use import(); jest's own loader wants
  // CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|hucre|@electric-sql|@opentelemetry/otlp-exporter-base|unpdf)/)',
  ],
};
