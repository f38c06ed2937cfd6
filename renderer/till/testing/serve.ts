/** `node renderer/till/testing/serve.ts [PORT]`: the staged till in any browser, after `npm run build`. Ends with Ctrl-C. */
import path from 'node:path';
import { stageTill } from './staged-till.ts';

const port = Number(process.argv[2] ?? 0);
const staged = await stageTill({ rendererFolder: path.resolve(import.meta.dirname, '../../../dist/till'), port });
process.stdout.write(`${staged.host.startAddress()}\n`);
process.on('SIGINT', () => void staged.close());
