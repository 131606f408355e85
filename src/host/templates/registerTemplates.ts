import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { FeatureServices } from '../kit/featureServices.ts';
import type { LibraryServices } from '../library/libraryServices.ts';
import { saveAsTemplate } from './saveAsTemplate.ts';
import { startFromTemplate } from './startFromTemplate.ts';
import { TemplateFiles } from './templateFiles.ts';
import type { TemplateServices } from './templateServices.ts';

/** Templates: those that ship, those of the workspace and those of the user. */
export function registerTemplates(services: FeatureServices & LibraryServices): void {
	const templateFiles = new TemplateFiles(services.extension);
	services.readOnly.add({
		template: async (key) => {
			// Only what is listed can be shown, never any other file.
			const found = (await templateFiles.list()).find(({ uri }) => uri.toString() === key);
			if (!found) {
				throw new AppError('not-found', vscode.l10n.t('The template no longer exists'));
			}
			return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(found.uri)), origin: {} };
		},
	});
	const slice: TemplateServices = { ...services, templateFiles };
	services.commands.add(slice, [startFromTemplate, saveAsTemplate]);
}
