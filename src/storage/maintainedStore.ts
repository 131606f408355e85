import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { StoredTrial } from '../common/suiteModel.ts';
import { createBlobs } from './blobs.ts';
import { bringRecords, bringTexts, readOtherStore } from './bringStore.ts';
import type { ExportedFile, ImportSummary, StoreMaintenance } from './contract.ts';
import { exportRecords, exportedFiles } from './exportData.ts';
import { placeFile } from '../disk/placeFile.ts';
import { Import } from './importData.ts';
import { withTrials } from './trialTable.ts';
import { parseExport } from './importRows.ts';
import { storeIdOf } from './storeFolder.ts';
import { storedReferences } from './references.ts';
import type { WorkshopStoreOptions } from './storeOptions.ts';
import { WorkshopStore } from './workshopStore.ts';

/** The store with export and import. */
export class MaintainedStore extends WorkshopStore implements StoreMaintenance {
	readonly #options: WorkshopStoreOptions;

	constructor(options: WorkshopStoreOptions) {
		super(options);
		this.#options = options;
	}

	async exportDatabase(path: string, trials?: AsyncIterable<{ runId: string; trial: StoredTrial }>): Promise<void> {
		const [, folder, name] = /^(.*)[\\/]([^\\/]+)$/.exec(path) ?? [];
		if (folder === undefined || name === undefined) {
			throw new AppError('validation', l10n.t("'{0}' is not an absolute file path", path), {
				info: { field: 'uri' },
			});
		}
		const { files, loadSqlJs } = this.#options;
		const rows = await this.inspect(({ database }) => database.export());
		const bytes = trials ? await withTrials(await loadSqlJs(), rows, trials) : rows;
		try {
			await placeFile(files, folder, name, bytes, { rights: 'shared' });
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new AppError(
				'storage',
				l10n.t('Could not write the database to {0}: {1}. Choose another location.', path, reason),
				{
					cause: error,
				},
			);
		}
	}

	async exportAll(): Promise<ExportedFile[]> {
		const { now } = this.#options;
		const { records, references } = await this.inspect(({ database }) => ({
			records: exportRecords(database, now().toISOString()),
			references: storedReferences(database),
		}));
		for (const reference of references) {
			const text = await this.blobs.get(reference);
			if (text !== undefined) {
				records.stored_texts[reference] = text;
			}
		}
		return exportedFiles(records);
	}

	async importAll(json: string): Promise<ImportSummary> {
		const source = parseExport(json);
		const stored = new Set<string>();
		for (const text of source.storedTexts.values()) {
			// The reference is computed from the text, whatever the file says.
			stored.add(await this.blobs.put(text));
		}
		return this.change((session) => new Import(session, source, stored).run());
	}

	async bring(folder: string): Promise<ImportSummary> {
		const { files, loadSqlJs, migrations, now } = this.#options;
		const sqlJs = await loadSqlJs();
		const other = { files, folder, sqlJs, migrations, now: now().toISOString() };
		const { records, references, damage } = await readOtherStore(other);
		const texts = createBlobs({ files, folder, unique: '', now, references: () => Promise.resolve(references) });
		const stored = await bringTexts(texts, this.blobs, references);
		const ids = { here: storeIdOf(this.#options.folder), there: storeIdOf(folder) };
		const summary = await this.change((session) => bringRecords(session, ids, records, stored));
		return { ...summary, skipped: [...damage, ...summary.skipped] };
	}
}
