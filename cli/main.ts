import { run } from './run';

// A reader such as `head` may leave before the end; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** The `steward` command as a process of its own, started by `bin/steward.cjs`. */
void run(process.argv.slice(2), process);
