/** Loaded with `--require`: prints every file that the program has loaded when it ends. */
process.on('exit', () => process.stdout.write(Object.keys(require.cache).join('\n')));
