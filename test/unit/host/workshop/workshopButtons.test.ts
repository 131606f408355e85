import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { WorkshopAction, WorkshopProtocol } from '../../../../src/common/workshopProtocol.ts';

/** The command beside each button of the Workshop page; null for what is no button of its own. */
const commandOf: Record<Exclude<keyof WorkshopProtocol['requests'], 'action'> | WorkshopAction, string | null> = {
	snapshot: null,
	earlier: null,
	history: null,
	result: null,
	keepIntent: null,
	send: 'sendMessage',
	resend: 'resendMessage',
	retry: 'retryAnswer',
	stop: 'stop',
	// Name, description and status; `editDescription` and `setStatus` are the others.
	update: 'renameDraft',
	runTest: 'runTest',
	rate: 'rateResult',
	removeResult: 'deleteResult',
	openResult: 'openResult',
	compareVersion: 'compareVersions',
	showRequest: 'showRequest',
	useBlock: 'useBlock',
	compareBlock: 'compareBlock',
	// VS Code's own copying of what is selected.
	copy: null,
	// A link of an answer; an article opens by `openArticle`.
	openLink: 'openArticle',
	openText: 'openResult',
	setKey: 'setApiKey',
	commit: 'commitDraft',
	extract: 'extractDraft',
	deleteDraft: 'deleteDraft',
	openDraft: 'openDraft',
	showVersions: 'showVersions',
	reset: 'resetDraft',
	chooseChatModel: 'chooseModel',
	chooseTestModel: 'chooseModel',
	exportResults: 'exportResults',
	declare: 'editVariables',
	editVariables: 'editVariables',
	editTools: 'editTools',
	suite: null,
	suiteRows: null,
	suiteCase: null,
	runSuite: 'runSuite',
	runAb: 'runAb',
	// The progress of a run has a Stop of its own.
	stopSuite: null,
	resumeSuite: 'resumeRun',
	newSuite: 'newSuite',
	openSuite: 'openSuite',
	keepLastTest: 'keepAsCase',
	openReport: 'openReport',
	showTrialRequest: null,
	bisect: 'bisect',
	answerHuman: null,
};
/** They need an argument that nobody can type. */
const hidden = ['resendMessage', 'useBlock', 'compareBlock', 'openArticle'];

describe('the buttons of the Workshop page', () => {
	const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		contributes: {
			commands: { command: string; category: string }[];
			menus: { commandPalette: { command: string; when: string }[] };
		};
	};
	const needed = [...Object.values(commandOf), 'editDescription', 'setStatus', 'compareResults', 'runTestAgain'];

	it('are commands too, of the product’s category', () => {
		for (const id of needed.filter((one) => one !== null)) {
			const declared = contributes.commands.find(({ command }) => command === `promptWorkshop.${id}`);
			assert.equal(declared?.category, '%category%', id);
		}
	});

	it('are in the palette unless they need an argument', () => {
		const away = contributes.menus.commandPalette
			.filter(({ when }) => when === 'false')
			.map(({ command }) => command.replace('promptWorkshop.', ''));
		const absent = needed.filter((id) => id !== null && away.includes(id));
		assert.deepEqual([...new Set(absent)].sort(), hidden.sort());
	});
});
