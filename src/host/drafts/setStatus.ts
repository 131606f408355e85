import * as vscode from 'vscode';
import { draftStatusLabel } from '../../common/draftStatusLabel.ts';
import type { DraftStatus } from '../../common/model.ts';
import { checkStatus } from '../../workshop/rules.ts';
import type { DraftServices } from './draftServices.ts';
import { showPick } from '../kit/pick.ts';
import { chosen } from '../kit/arguments.ts';
import { draftArgument } from './draftArguments.ts';
import type { Command } from '../kit/command.ts';

/** The status committed is set only by committing, so it is not offered. */
const settable: readonly DraftStatus[] = ['draft', 'testing', 'ready'];

export const setStatus: Command<DraftServices> = {
	id: 'setStatus',
	async run(services, argument, value) {
		const draftId = await draftArgument(services, argument);
		const status: unknown = typeof value === 'string' ? value : await pickStatus(services, draftId);
		checkStatus(status);
		return services.workshop.update(draftId, { status });
	},
};

async function pickStatus(services: DraftServices, draftId: number): Promise<string> {
	const store = await services.openStore();
	const { status } = await store.read(({ drafts }) => drafts.get(draftId));
	const items = settable.map((value) => ({
		label: draftStatusLabel(value),
		value,
		...(value === status && { description: vscode.l10n.t('current') }),
	}));
	const placeHolder = vscode.l10n.t('Status of the draft');
	return chosen(await showPick(items, { placeHolder })).value;
}
