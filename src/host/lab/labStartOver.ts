import * as vscode from 'vscode';
import { showWarning } from '../kit/notify.ts';
import { cancelled } from '../kit/arguments.ts';
import { activePage } from './labArguments.ts';
import type { Command } from '../kit/command.ts';
import type { LabServices } from './labServices.ts';

/** Discards all edits, regenerations and scores of the open Lab panel. Asks first when run from the palette. */
export const labStartOver: Command<LabServices> = {
	id: 'lab.startOver',
	async run(services, argument) {
		const page = await activePage(services);
		const sure = argument === true || (await confirmed(page.session.state.fixture.name));
		if (!sure) {
			throw cancelled();
		}
		await page.startOver();
	},
};

async function confirmed(fixture: string): Promise<boolean> {
	const startOver = vscode.l10n.t('Start over');
	const question = vscode.l10n.t('Discard all edits and regenerations of {0}?', fixture);
	return (await showWarning(question, { modal: true }, startOver)) === startOver;
}
