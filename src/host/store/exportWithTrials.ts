import type { Store, StoreMaintenance } from '../../storage/contract.ts';
import type { StoreServices } from './storeServices.ts';

/** Writes the database to an absolute path, the trials of runs included. A run that cannot be read is left out and logged. */
export async function exportWithTrials(
	store: Pick<Store & StoreMaintenance, 'exportDatabase' | 'status'>,
	path: string,
	log: Pick<StoreServices['log'], 'warn'>,
): Promise<void> {
	// Loaded on first use.
	const { nodeFiles } = await import('../../storage/shipped.ts');
	const { openRunFiles } = await import('../../suites/runFiles.ts');
	const { storedTrials } = await import('../../suites/storedTrials.ts');
	const onDamage = ({ runId, lost }: { runId: string; lost: number }) =>
		log.warn(`Left out of the exported database: ${lost} damaged trials of run ${runId}`);
	const files = openRunFiles(store.status.folder, nodeFiles, { onDamage });
	const trials = storedTrials(files, (runId, error) =>
		log.warn(`Left out of the exported database: run ${runId}. ${String(error)}`),
	);
	await store.exportDatabase(path, trials);
}
