/** `npm run check`: what can be said of the code in seconds, before a commit. */
import { runStages } from './tooling/run-stages.ts';
import { STAGES } from './tooling/stages.ts';

const QUICK = ['types', 'lint', 'format', 'unused', 'unit'];
process.exitCode = await runStages(STAGES, process.argv.length > 2 ? process.argv.slice(2) : QUICK);
