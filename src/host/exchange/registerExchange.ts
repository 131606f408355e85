import type { FeatureServices } from '../kit/featureServices.ts';
import { lazyCommand } from '../kit/lazyCommand.ts';
import { showError } from '../kit/command.ts';
import { toAppError } from '../../common/errors.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { ImportReports } from './importReports.ts';

/** Registers what exchanges prompts with files of other tools: commands, drops on the drafts, and reports. */
export function registerExchange(
	services: FeatureServices & Omit<ExchangeServices, 'importReports'>,
): ExchangeServices {
	const { extension, commands, readOnly, draftsTree } = services;
	const importReports = new ImportReports(extension.globalStorageUri);
	const slice: ExchangeServices = { ...services, importReports };
	readOnly.add({ import: async (key) => ({ text: await importReports.read(key), origin: {} }) });
	draftsTree.onFilesDropped = async (data) => {
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
	commands.add(slice, [
		lazyCommand('importPromptFile', async () => (await import('./importPromptFile.ts')).importPromptFile),
		lazyCommand('openInWorkshop', async () => (await import('./openInWorkshop.ts')).openInWorkshop),
		lazyCommand('pastePrompt', async () => (await import('./pastePrompt.ts')).pastePrompt),
		lazyCommand('pasteOpenAiPrompt', async () => (await import('./pasteOpenAiPrompt.ts')).pasteOpenAiPrompt),
		lazyCommand('exportPrompt', async () => (await import('./exportPrompt.ts')).exportPrompt),
		lazyCommand('tryInCopilot', async () => (await import('./tryInCopilot.ts')).tryInCopilot),
	]);
	return slice;
}
