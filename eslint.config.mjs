import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

/** Which rooms each room may import (design §2). A room may always import itself. */
const ROOMS = {
  domain: [],
  // Of the activities only types, see below.
  workflows: ['domain', 'activities'],
  activities: ['domain', 'db'],
  db: ['domain'],
  client: ['domain'],
  sim: ['domain'],
  // Of the workflows only their messages and flows, see below.
  api: ['domain', 'workflows', 'db'],
  workers: ['domain', 'workflows', 'activities', 'db', 'temporal.config.ts'],
  // Of the outside world only `steward up` knows, see below.
  cli: ['domain', 'workflows', 'activities', 'db', 'client', 'api', 'workers', 'sim', 'temporal.config.ts'],
  bench: [
    'domain',
    'workflows',
    'activities',
    'db',
    'client',
    'api',
    'workers',
    'sim',
    'cli',
    'temporal.config.ts',
  ],
};

const ALL = [...Object.keys(ROOMS), 'test', 'scripts', 'temporal.config.ts'];

/** One wall for each room: everything of ours that it may not import. */
const walls = Object.entries(ROOMS).map(([room, may]) => ({
  target: `./${room}`,
  from: ALL.filter((other) => other !== room && !may.includes(other)).map((other) => `./${other}`),
  message: `${room}/ may import only ${may.join(', ') || 'libraries'} of ours (design §2).`,
}));

/** Walls inside a room. */
const innerWalls = [
  {
    target: './api',
    from: './workflows',
    except: ['./messages.ts', './flows'],
    message: 'api/ knows only the messages and the flows of workflows (design §2).',
  },
  {
    target: ['./cli/*.ts', './cli/!(up)/**/*.ts'],
    from: './sim',
    message: 'Only cli/up/ plays the outside world (design §2).',
  },
];

/** Modules of workflows are loaded once for a thread (workers/workflow-code.ts): what one keeps, all see. */
const OF_ALL_WORKFLOWS = {
  selector: "Program > VariableDeclaration[kind='let'], Program > * > VariableDeclaration[kind='let']",
  message: 'Modules are shared by all workflows of a thread and keep no state.',
};

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'coverage/', '.steward/', 'db/migrations/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Coordinated loops and steps read better with an explicit condition.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'always' }],
      // `return line.change(…)` as the last word of a branch reads well.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A type parameter also ties the entries of a table to their keys.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'import-x/no-restricted-paths': ['error', { zones: [...walls, ...innerWalls] }],
      'import-x/no-cycle': 'error',
      'max-lines': ['error', { max: 350 }],
    },
  },
  {
    // What Node runs as it is, before anything is compiled.
    files: ['**/*.{mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      globals: {
        ...{ clearInterval: false, console: false, process: false, setInterval: false, setTimeout: false },
        ...{ URL: false, __dirname: false, module: true, require: false },
      },
    },
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      'max-lines': ['error', { max: 350 }],
      'no-undef': 'error',
      'no-unreachable': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // Deterministic code: no I/O, no environment, nothing that bundles a library (design §2, §7).
    files: ['workflows/**/*.ts', 'bench/bare/**/*.ts'],
    rules: {
      // The state of a line changes while its workflow awaits, which the rule does not see.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            'pino',
            'nodemailer',
            'zod',
            '@temporalio/client',
            '@temporalio/worker',
            '@temporalio/activity',
          ],
          patterns: [
            { group: ['node:*'], message: 'Workflow code has no Node built-ins.' },
            {
              group: ['**/activities', '**/activities/*', '**/domain/schemas/*'],
              allowTypeImports: true,
              message: 'Workflows import only types of it.',
            },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'require', 'Buffer', 'console'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "ThrowStatement NewExpression[callee.name='Error']",
          message: 'A bare Error loops the task: throw refusal(code).',
        },
        { selector: 'NewExpression[callee.name=/^(Map|Set)$/]', message: 'Not kept by JSON payloads.' },
        { selector: 'BigIntLiteral', message: 'Not kept by JSON payloads.' },
        OF_ALL_WORKFLOWS,
      ],
    },
  },
  {
    files: ['domain/**/*.ts', 'client/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', OF_ALL_WORKFLOWS],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['node:*'], message: 'No I/O here.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    plugins: { jest },
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect*', '**.expect*', '**.assert*', 'assert*'] },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Checks that several tests share.
    files: ['test/support/**/*.ts'],
    rules: { 'jest/no-standalone-expect': 'off' },
  },
);
