import type * as vscode from 'vscode';
import type { FeatureServices } from '../kit/featureServices.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { showError } from '../kit/command.ts';
import { toAppError } from '../../common/errors.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { ImportReports } from './importReports.ts';
import type { LinkedFileWatch } from './linkedFileWatch.ts';

/** Registers what exchanges prompts with files of other tools: commands, drops on the trees, and reports. */
export function registerExchange(
	services: FeatureServices & Omit<ExchangeServices, 'importReports' | 'linkedFiles'>,
): ExchangeServices {
	const { extension, log, own, commands, readOnly, onDidOpenStore } = services;
	const importReports = new ImportReports(extension.globalStorageUri);
	let watching: Promise<LinkedFileWatch> | undefined;
	const onFailed = (error: unknown) => log.error(`[linked files] ${String(error)}`);
	const slice: ExchangeServices = {
		...services,
		importReports,
		linkedFiles: () =>
			(watching ??= import('./linkedFiles.ts').then(async ({ watchLinkedFiles }) =>
				own(await watchLinkedFiles(slice, onFailed)),
			)),
	};
	onDidOpenStore((store) => {
		slice.linkedFiles().catch(onFailed);
		store.onDidChange(({ drafts, all }) => {
			if (all || drafts.length > 0) {
				slice
					.linkedFiles()
					.then((watch) => watch.refresh(store, all ? undefined : drafts))
					.catch(onFailed);
			}
		});
	});
	readOnly.add({
		import: async (key) => ({ text: await importReports.read(key), origin: {} }),
		'linked-file': async (key) => {
			const { linkedChange } = await import('./linkedChange.ts');
			const { fileText } = await linkedChange(slice, Number(key));
			return { text: fileText, origin: { drafts: [Number(key)] } };
		},
	});
	const onFilesDropped = async (data: vscode.DataTransfer) => {
		try {
			const { importDropped } = await import('./importDropped.ts');
			await importDropped(slice, data);
		} catch (thrown) {
			const error = toAppError(thrown);
			if (error.code !== 'cancelled') {
				await showError(error);
			}
		}
	};
	for (const tree of [services.draftsTree, services.libraryTree, services.labTree]) {
		tree.onFilesDropped = onFilesDropped;
	}
	commands.add(slice, [
		lazyCommand('importPromptFile', async () => (await import('./importPromptFile.ts')).importPromptFile),
		lazyCommand('openInWorkshop', async () => (await import('./openInWorkshop.ts')).openInWorkshop),
		lazyCommand('pastePrompt', async () => (await import('./pastePrompt.ts')).pastePrompt),
		lazyCommand('pasteOpenAiPrompt', async () => (await import('./pasteOpenAiPrompt.ts')).pasteOpenAiPrompt),
		lazyCommand('exportPrompt', async () => (await import('./exportPrompt.ts')).exportPrompt),
		lazyCommand('tryInCopilot', async () => (await import('./tryInCopilot.ts')).tryInCopilot),
		lazyCommand('linkFile', async () => (await import('./linkFile.ts')).linkFile),
		lazyCommand('unlinkFile', async () => (await import('./unlinkFile.ts')).unlinkFile),
		lazyCommand('mergeLinkedFile', async () => (await import('./mergeLinkedFile.ts')).mergeLinkedFile),
	]);
	return slice;
}
