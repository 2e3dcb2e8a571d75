/**
 * Runs one server for as long as the process that started it lives, also when that one ends by
 * `kill -9`: the IPC channel between the two then closes. It runs in its own process group, so that
 * Ctrl-C in a terminal does not reach the server before its owner has shut down in order.
 *
 *     fork(supervisor.cjs, [JSON.stringify({ graceMs, stopSignal, lockFile, owner }), command, ...args], { detached: true })
 *
 * `graceMs`: how long after `stopSignal` the server is killed; 0 kills it at once.
 * `lockFile`: removed at the server's end, if it names this process as its holder.
 * `owner`: `{ uid, gid }` as whom the server runs. Default: as this process.
 * Sends `{ pid }` or `{ error }` once, and ends with the server's exit code (128 + n for signal n).
 */
'use strict';
const { spawn } = require('node:child_process');
const { readFileSync, rmSync } = require('node:fs');
const { constants } = require('node:os');

const [about, command, ...args] = process.argv.slice(2);
const { graceMs, stopSignal, lockFile, owner } = JSON.parse(about);
const tell = (message) => process.connected && process.send(message, () => {});

const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...owner });
server.on('spawn', () => tell({ pid: server.pid }));
server.on('error', (error) => end(1, { error: error.message }));
server.on('exit', (code, signal) => end(code ?? 128 + constants.signals[signal]));

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
process.on('disconnect', stop);

function stop() {
  if (graceMs > 0) server.kill(stopSignal);
  setTimeout(() => server.kill('SIGKILL'), graceMs);
}

function end(code, message) {
  if (message) tell(message);
  if (lockFile && holder() === process.pid) rmSync(lockFile, { force: true });
  process.exit(code);
}

function holder() {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).pid;
  } catch {
    return undefined;
  }
}
