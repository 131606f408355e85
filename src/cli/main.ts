import { readFileSync } from 'node:fs';
import { keepHeapSmall } from './keepHeapSmall.ts';
import { processTerminal } from './processTerminal.ts';
import { runCli } from './runCli.ts';

keepHeapSmall();
// The version is that of the package beside the bundle.
const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };
const { terminal, end } = processTerminal();
end(await runCli(process.argv.slice(2), terminal, version));
