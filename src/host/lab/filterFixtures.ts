import * as vscode from 'vscode';
import type { LabServices } from './labServices.ts';
import { showPick } from '../kit/pick.ts';
import { chosen } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

/** Shows the fixtures of one module in the Lab's tree, or all. The module is given by name or chosen. */
export const filterFixtures: Command<LabServices> = {
	id: 'filterFixtures',
	async run(services, argument) {
		await services.lab.requireFacilitator({ interactive: true });
		const module = typeof argument === 'string' ? argument : await pickModule(services);
		services.labTree.show(module);
		return { module };
	},
};

/** Undefined: all modules. */
async function pickModule({ lab }: LabServices): Promise<string | undefined> {
	const fixtures = await lab.listFixtures();
	const modules = [...new Set(fixtures.map(({ module }) => module))].sort();
	const items: (vscode.QuickPickItem & { module?: string })[] = [
		{ label: vscode.l10n.t('All modules') },
		...modules.map((module) => ({
			label: module || vscode.l10n.t('No module'),
			description: fixtures.filter((fixture) => fixture.module === module).length.toLocaleString(),
			module,
		})),
	];
	const placeHolder = vscode.l10n.t('Choose a module to show its fixtures');
	return chosen(await showPick(items, { placeHolder })).module;
}
