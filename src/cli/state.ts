import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { AppError } from '../common/errors.ts';
import { nodeFiles } from '../disk/nodeFiles.ts';
import { ownerEndpoint } from '../disk/ownerEndpoint.ts';
import { placeFile } from '../disk/placeFile.ts';
import { WindowClaims } from '../storage/windowClaims.ts';
import { pruneRuns, type RemovableRunRecords } from '../suites/pruneRuns.ts';
import { openRunFiles, type StoredRunFiles } from '../suites/runFiles.ts';
import type { RunRecords } from '../suites/suiteContext.ts';
import { openRunRecords } from './runRecords.ts';

/** Runs of each suite that are kept; older ones are removed when one begins. */
const keepRuns = 20;

/** Where a command line keeps its runs. */
export interface State {
	folder: string;
	files: StoredRunFiles;
	records: RunRecords & RemovableRunRecords;
	claim: (name: string) => Promise<(() => Promise<void>) | undefined>;
	close(): Promise<void>;
}

/** Opens the state folder, which ignores itself in Git. Rejects with `storage` if it cannot be written. */
export async function openState(
	base: string,
	option: string | undefined,
	warn: (message: string) => void,
): Promise<State> {
	const folder = resolve(base, option ?? '.prompt-workshop');
	try {
		await nodeFiles.createFolder(`${folder}/runs`);
		if (!(await nodeFiles.stat(`${folder}/.gitignore`))) {
			await placeFile(nodeFiles, folder, '.gitignore', Buffer.from('*\n'), { rights: 'shared' });
		}
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new AppError(
			'storage',
			l10n.t('Runs cannot be kept in {0}: {1}. Choose another folder with --state', folder, reason),
			{ cause },
		);
	}
	const files = openRunFiles(folder, nodeFiles, {
		onDamage: ({ runId, lost }) => warn(l10n.t('{0} trials of run {1} are damaged and left out', lost, runId)),
	});
	const records = openRunRecords(folder, nodeFiles);
	const claims = new WindowClaims({ files: nodeFiles, folder, owners: ownerEndpoint, token: randomUUID() });
	const claim = (name: string) => claims.take(name);
	await pruneRuns(files, records, keepRuns);
	return { folder, files, records, claim, close: () => claims.close() };
}
