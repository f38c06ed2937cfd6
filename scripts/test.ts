import { runStages } from './tooling/run-stages.ts';
import { STAGES } from './tooling/stages.ts';

process.exitCode = await runStages(STAGES, process.argv.slice(2));
