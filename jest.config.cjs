/** Real servers and child processes are slow to start: one file at a time on small machines. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  maxWorkers: '50%',
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
  // jose ships ES modules only and PGlite uses import(); jest's own loader wants CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(jose|@electric-sql)/)'],
};
