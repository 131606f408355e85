import { batchMutants } from './batches.ts';
import { cliMutants } from './cli.ts';
import { diskMutants } from './disk.ts';
import { importMutants } from './import.ts';
import { judgeMutants } from './judges.ts';
import { lintMutants } from './lint.ts';
import type { Mutant } from './mutant.ts';
import { promptMutants } from './prompts.ts';
import { providerMutants } from './providers.ts';
import { runLogMutants } from './runLog.ts';
import { sandboxMutants } from './sandbox.ts';
import { storageMutants } from './storage.ts';
import { suiteRunMutants } from './suiteRuns.ts';
import { suiteMutants } from './suites.ts';
import { trustMutants } from './trust.ts';
import { webviewMutants } from './webview.ts';
import { workshopMutants } from './workshop.ts';

/** Every defence whose absence a test must notice. */
export const mutants: readonly Mutant[] = [
	...diskMutants,
	...storageMutants,
	...providerMutants,
	...webviewMutants,
	...trustMutants,
	...importMutants,
	...workshopMutants,
	...promptMutants,
	...lintMutants,
	...suiteMutants,
	...suiteRunMutants,
	...sandboxMutants,
	...batchMutants,
	...cliMutants,
	...runLogMutants,
	...judgeMutants,
];

/** Why a mutant cannot be applied to the text of its file; undefined when it can. */
export function misfit({ name, file, from }: Mutant, source: string): string | undefined {
	const found = source.split(from).length - 1;
	return found === 1
		? undefined
		: `The mutant "${name}" does not fit ${file} any more: its text stands there ${found} times`;
}
