/** A worker of the simulation: runs the schedules that it is given, on a stage of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { registerSimulationHooks } from './hooks/register.ts';
import type { FromWorker, ToWorker, WorkerSetting } from './messages.ts';

const { tills, policy, faults, without, threads: _threads } = workerData as WorkerSetting; // as simulate.ts makes it
registerSimulationHooks(without);
await import('./virtual/time.ts'); // takes the real setImmediate
// What screens would be told is computed for nobody; and traces of errors that are part of the play cost more than all else.
globalThis.setImmediate = (() => undefined) as unknown as typeof setImmediate; // nobody waits for it
Error.stackTraceLimit = 0;
// Head office's own entries say how long its process has been there.
performance.now = () => 0;
const { chance } = await import('./virtual/random.ts');
Math.random = chance;
const { setStage } = await import('./world.ts');
const { runSchedule } = await import('./run-schedule.ts');
const { shrink } = await import('./shrink.ts');

const stage = await setStage(tills);
const setting = { policy, faults: new Set(faults) };
const say = (message: FromWorker): void => parentPort?.postMessage(message);

let queue = Promise.resolve();
parentPort?.on('message', (message: ToWorker) => {
  queue = queue
    .then(() => work(message))
    .catch((error: unknown) => say({ broke: String(error instanceof Error ? (error.stack ?? error) : error) }));
});
say({ ready: true });

async function work(message: ToWorker): Promise<void> {
  if ('shrink' in message)
    return say({ shortest: await shrink(stage, message.shrink, setting, new Set(message.kinds)) });
  const { from, count, seed } = message.run;
  const results = [];
  for (let index = from; index < from + count; index += 1)
    results.push({ index, ...(await runSchedule(stage, `${seed}/${index}`, setting)) });
  say({ results });
}
