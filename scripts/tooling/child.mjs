/**
 * Runs our program as the leader of a process group of its own, so that whatever ends us ends it and all that it started,
 * a database server included. npm, the terminal and a supervisor may each send the same signal: the program hears it once.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const GRACE_MS = 20_000;
const REPEAT_MS = 1_500;
const WINDOWS = process.platform === 'win32';
/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Answers the exit status; 128 + number where a signal ended the program.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export function runChild(command, args, env) {
  // A group in the background that reads from the terminal is stopped by it, so it gets none of the keyboard.
  const stdin = process.stdin.isTTY && !WINDOWS ? 'ignore' : 'inherit';
  const child = spawn(command, args, { env, stdio: [stdin, 'inherit', 'inherit'], detached: !WINDOWS });
  const stop = stopper(child);
  for (const signal of SIGNALS) process.on(signal, () => stop(signal));
  watchParent(() => stop('SIGTERM'));
  process.on('exit', () => killGroup(child.pid));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {(signal: NodeJS.Signals) => void}
 */
function stopper(child) {
  let firstAt = 0;
  return (signal) => {
    if (firstAt === 0) {
      firstAt = performance.now();
      child.kill(signal);
      setTimeout(() => killGroup(child.pid), GRACE_MS).unref();
    } else if (performance.now() - firstAt > REPEAT_MS) killGroup(child.pid);
  };
}

/**
 * npm passes SIGTERM to its shell only, which dies of it and tells nobody.
 * @param {() => void} gone
 */
function watchParent(gone) {
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    gone();
  }, 500);
  watch.unref();
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    if (WINDOWS) spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}
