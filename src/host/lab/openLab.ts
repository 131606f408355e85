import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { LabServices } from './labServices.ts';
import { showPick } from '../kit/pick.ts';
import { chosen, optionsArgument } from '../kit/arguments.ts';
import type { Command } from '../kit/command.ts';

/** Opens a fixture, given by id, by name or as a tree item, or chosen by the user. Returns the fixture. */
export const openLab: Command<LabServices> = {
	id: 'openLab',
	async run(services, argument) {
		await services.lab.requireFacilitator({ interactive: true });
		const given = typeof argument === 'string' ? argument : optionsArgument(argument)['fixtureId'];
		const session = await services.labPanels.open(typeof given === 'string' ? given : await pickFixture(services));
		return session.state.fixture;
	},
};

async function pickFixture({ lab }: LabServices): Promise<string> {
	const fixtures = (await lab.listFixtures()).filter(({ error }) => error === undefined);
	if (fixtures.length === 0) {
		throw new AppError(
			'not-found',
			vscode.l10n.t(
				'There are no fixtures yet. Put one in .promptworkshop/fixtures, or use "Capture as Fixture"',
			),
		);
	}
	const items = fixtures.map(({ id, name, module, description }) => ({
		label: name,
		description: [module, id].filter(Boolean).join(' · '),
		detail: description,
		id,
	}));
	const options = { placeHolder: vscode.l10n.t('Choose a fixture'), matchOnDescription: true, matchOnDetail: true };
	return chosen(await showPick(items, options)).id;
}
