import type { ImportedRun } from '../../formats/imported.ts';
import type { ImportedSuite } from '../../suites/storeImportedRun.ts';
import type { ExchangeServices } from './exchangeServices.ts';

/** Stores the runs of an import with their suites, which are there already. Each id is in `stored` once its run is. */
export async function storeRuns(
	{ suiteRuns }: { suiteRuns: Pick<ExchangeServices['suiteRuns'], 'context'> },
	runs: readonly { run: ImportedRun; suite: ImportedSuite }[],
	stored: string[],
): Promise<void> {
	if (runs.length > 0) {
		const { storeImportedRun } = await import('../../suites/storeImportedRun.ts');
		const context = await suiteRuns.context();
		for (const { run, suite } of runs) {
			stored.push(await storeImportedRun(context, run, suite));
		}
	}
}

/** Removes runs with their trials. */
export async function removeRuns(
	{ openStore, suiteRuns }: Pick<ExchangeServices, 'openStore'> & Parameters<typeof storeRuns>[0],
	runIds: readonly string[],
): Promise<void> {
	if (runIds.length > 0) {
		const { files } = await suiteRuns.context();
		const store = await openStore();
		for (const runId of runIds) {
			await files.remove(runId);
			await store.write(({ runs }) => runs.remove(runId));
		}
	}
}
