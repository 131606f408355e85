// npm run test:soak [-- <minutes>]: simulated use in a real extension host, 20 minutes by default. It prints heap, handles,
// listeners and storage at the start and the end, and fails when more has grown than was stored.
import { installBrowser } from './vscode/browser.ts';
import { runHostTests } from './vscode/hostRun.ts';
import { installServer, newestServer } from './vscode/installServer.ts';
import { packageExtension } from './vscode/package.ts';
import { exitOnSignals } from './vscode/processes.ts';

exitOnSignals();
const minutes = Number(process.argv[2] ?? 20);
await installServer(newestServer);
await installBrowser();
const { vsix } = await packageExtension({ hostTests: true });
const { passed, failed } = await runHostTests({ vsix, grep: '^soak ', soakMinutes: minutes });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
