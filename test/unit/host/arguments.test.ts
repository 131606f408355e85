import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isAppError } from '../../../src/common/errors.ts';
import { apiArguments, type ApiMember } from '../../../src/host/arguments/apiArguments.ts';
import { checkApiArguments, checkCommandArguments } from '../../../src/host/arguments/checks.ts';
import { commandArguments } from '../../../src/host/arguments/commandArguments.ts';
import { wrongCalls } from '../../support/wrongTypes.ts';

const signal = new AbortController().signal;
const run = { model: 'offline/guide', thinking: 'low', signal };
const test = { limit: 50, storeFullResponse: true, userRating: 3, notes: 'n', ...run };
const lab = {
	messages: [{ role: 'user', content: 'Hi' }],
	systemPrompt: 's',
	tools: [{ name: 'a' }],
	enableThinking: true,
	maxTokens: 9,
	...run,
};
const rating = { userRating: 3, notes: 'n' };

/** A good call with everything that a member takes. */
const apiCalls: Record<ApiMember, unknown[]> = {
	startWorkshop: [
		{ startingPrompt: 's', parentPromptName: 'p', draftName: 'd', requirements: 'r', model: 'a/b', signal },
	],
	sendMessage: [1, 'text', run],
	extractDraft: [1, { block: 0 }],
	listDrafts: [{ status: 'draft' }],
	getDraft: [1],
	updateDraft: [
		1,
		{
			draftContent: 'c',
			draftName: 'n',
			draftDescription: 'd',
			status: 'ready',
			variables: [{ name: 'n', type: 'text' }],
		},
	],
	deleteDraft: [1],
	testDraft: [1, { testQuery: 'q', topic: 't', ...test }],
	listTestResults: [1],
	rateTest: [1, 'id', rating],
	commitDraft: [1, { name: 'n', title: 't', description: 'd', updateParent: true }],
	setTags: [{ draftId: 1 }, { tags: ['a'], folder: 'f', favourite: true }],
	lint: ['text', { kind: 'agent', model: 'a/b' }],
	listPrompts: [],
	clonePrompt: ['name', { cloneName: 'c', model: 'a/b', signal }],
	listTopics: [],
	importFile: ['/path', { signal }],
	linkFile: [1, '/path'],
	unlinkFile: [1],
	exportPrompt: [{ draftId: 1 }, 'skill'],
	importTopic: ['name', '/path', { signal }],
	listFixtures: [],
	loadFixture: ['name'],
	regenerate: [lab],
	continueConversation: [{ ...lab, thinkingBudget: 5 }],
	listSuites: [],
	runSuite: [
		'/path',
		{
			variants: [{ prompt: 'draft:1', model: 'a/b', thinking: 'low' }],
			repeat: 2,
			filter: { tags: ['t'], names: ['n'], failedFrom: 'last' },
			maxCostUsd: 1,
			maxCalls: 2,
			reuse: true,
			batch: true,
			stopEarly: true,
			signal,
		},
	],
	resumeRun: ['id', { batch: false, signal }],
	listRuns: [{ suite: 'file:///s.prompttest.yaml' }],
	getRun: ['id'],
	compareVariants: ['id', 'label', 0],
	compareRuns: ['id', 'other'],
	blessBaseline: ['id'],
	exportRun: ['id', 'json'],
	exportDatabase: ['/path', { overwrite: true }],
};

const commandCalls: Record<string, unknown[]> = {
	newDraft: [{ startingPrompt: 's', draftName: 'd', requirements: 'r', model: 'a/b' }],
	startFromTemplate: ['name', { draftName: 'd', model: 'a/b' }],
	saveAsTemplate: ['name', { title: 't', when: 'w', place: 'mine', overwrite: true }],
	cloneToDraft: ['name', { cloneName: 'd', model: 'a/b' }],
	renameDraft: [1, 'name'],
	editDescription: [1, 'text'],
	setStatus: [1, 'ready'],
	turnOffLintRule: ['too-short'],
	editVariables: [1, { declare: 'name', ask: true }],
	previewRendered: [1],
	linkFile: [1, '/path'],
	unlinkFile: [1],
	mergeLinkedFile: [1],
	tryInCopilot: [1],
	editTags: ['name', { tags: ['a'], folder: 'f', favourite: true }, [1, 'name']],
	restoreDeleted: [1],
	sendMessage: [1, 'text'],
	resendMessage: [1, 2, 'text'],
	extractDraft: [1, { block: 0 }],
	useBlock: [1, 2, 'text'],
	compareBlock: [1, 2, 'text'],
	runTest: [1, { query: 'q', testQuery: 'q', topic: 't', ...test }],
	runTestAgain: ['id', { model: 'a/b', otherModel: true }],
	compareResults: ['id', 'other'],
	rateResult: ['id', rating],
	exportResults: [1, '/path'],
	commitDraft: [1, { name: 'n', title: 't', description: 'd', updateParent: true }],
	addPromptToLibrary: [{ name: 'n', title: 't', content: 'c', description: 'd' }],
	renamePrompt: ['name', 'title'],
	renameFolder: ['name', 'other'],
	compareVersions: [{ versionId: 1 }, 2],
	compareWith: [{ promptName: 'name' }, { uri: '/path' }],
	compareWithParent: [1, [1, 2]],
	compareSelected: [{ versionId: 1 }, [{ versionId: 1 }, { draftId: 2 }]],
	exportPrompt: ['name', { format: 'skill', uri: '/path', overwrite: true }],
	importPromptFile: ['/path', [{ scheme: 'file', path: '/path', fsPath: '/path' }]],
	openInWorkshop: ['/path', [{ scheme: 'file', path: '/path', fsPath: '/path' }]],
	pastePrompt: ['text'],
	pasteOpenAiPrompt: ['text'],
	importTopic: ['name', '/path'],
	renameTopic: ['name', 'other'],
	searchTopic: ['name', 'query'],
	sendToDraft: ['text', { draftId: 1 }],
	captureFixture: [{ testId: 'id', draftId: 1, text: 't', name: 'n', uri: '/path' }],
	openSuite: ['name', { line: 2 }],
	runSuite: ['name', { repeat: 2 }],
	newSuite: ['name', { uri: '/path' }],
	deleteRun: ['id', ['id']],
	compareRuns: ['id', 'other', ['id', 'other']],
	blindRating: ['id', 'other'],
	openReport: ['id', { against: 'other' }],
	exportRun: ['id', { format: 'json', uri: '/path' }],
	runCase: [{ suite: 'name', name: 'case' }],
	bisect: [
		{ suite: 'name', name: 'case', prompt: 'draft:1', model: 'p/m' },
		{ good: 1, maxCalls: 2, maxCostUsd: 0.5 },
	],
	keepAsCase: ['id', { name: 'n', contains: 'c', suite: 'name' }],
	chooseModel: ['chat', 'a/b'],
	'lab.chooseModel': [{ model: 'a/b' }],
	'lab.resetPrompt': [{ part: 'context', section: 0 }],
	'lab.runMatrix': [{ prompts: ['a'], columns: ['0/0'], turns: 'all', thinking: ['low'] }],
	'lab.showPrompt': [{ section: 0 }],
	'lab.saveMatrix': [{ uri: '/path' }],
	'lab.startOver': [true],
	'lab.continue': [{ column: '0/0', question: 'q' }],
	'lab.showRequest': [{ take: 'id', step: 0 }],
	'lab.chooseTurn': [{ column: '0/0', turn: 1 }],
};
/** Commands that act on one thing. */
for (const id of ['openDraft', 'openWorkshop', 'editTools', 'resetDraft', 'retryAnswer', 'stop', 'deleteDraft']) {
	commandCalls[id] = [1];
}
for (const id of [
	...[
		'openResult',
		'openTestedPrompt',
		'deleteResult',
		'openPrompt',
		'deletePrompt',
		'setDefaultPrompt',
		'copyPrompt',
		'showVersions',
	],
	'compareAllVersions',
	...['toggleFavourite', 'groupDrafts', 'groupPrompts', 'findPrompt', 'deleteFolder'],
	...[
		'refreshTopic',
		'removeTopic',
		'openArticle',
		'openLab',
		'filterFixtures',
		'setApiKey',
		'removeApiKey',
		'showRequest',
	],
	...[
		'exportDatabase',
		'exportAllData',
		'importData',
		'bringDrafts',
		'filterDrafts',
		'lab.stop',
		'lab.retry',
		'lab.dismiss',
	],
	...['lab.compare', 'lab.score', 'lab.regenerate'],
	...[
		'resumeRun',
		'runAb',
		'stopRun',
		'openRun',
		'blessBaseline',
		'removeBaseline',
		'checkJudge',
		'proposeCases',
		'revealTests',
	],
]) {
	commandCalls[id] = ['name'];
}
for (const id of ['restoreVersion', 'openVersion', 'compareWithPrevious', 'copyVersion', 'testsOfVersion']) {
	commandCalls[id] = [{ versionId: 1 }];
}
commandCalls['labelVersion'] = [{ versionId: 1 }, 'label'];

/** What takes several forms names itself where none of its fields is to blame. */
const ofSeveralForms = (id: string) =>
	/^(lab\.|bisect$|clonePrompt$|addPromptToLibrary$|captureFixture$|compareWith(Previous)?$|compareSelected$|(compare|restore|open|label|copy|testsOf)Version)/.test(
		id,
	);

function refuses(check: () => unknown, field: string, several: boolean, title = field): void {
	assert.throws(
		check,
		(error) => {
			assert.ok(isAppError(error, 'validation'), String(error));
			assert.ok(
				several || error.info.field === field || error.info.field?.startsWith(`${field}.`),
				`named ${error.info.field}, not ${field}: ${error.message}`,
			);
			assert.match(error.message, new RegExp(error.info.field ?? ''));
			return true;
		},
		title,
	);
}

/** A variant is given by its label or its position, so that text for a number is right too. */
function isVariantCall([runId, ...variants]: readonly unknown[]): boolean {
	const isVariant = (value: unknown) =>
		typeof value === 'string' || (Number.isSafeInteger(value) && Number(value) >= 0);
	return typeof runId === 'string' && variants.every(isVariant);
}

describe('the arguments of the API', () => {
	for (const [member, args] of Object.entries(apiCalls) as [ApiMember, unknown[]][]) {
		it(`${member} takes a good call and refuses every other type, and every unknown field`, () => {
			assert.deepEqual(checkApiArguments(member, args), args);
			const names = apiArguments[member].map(({ name }) => name);
			for (const { title, field, args: wrong } of wrongCalls(
				names,
				args,
				member === 'rateTest' ? ['userRating', 'notes'] : [],
			).filter((call) => member !== 'compareVariants' || !isVariantCall(call.args))) {
				refuses(() => checkApiArguments(member, wrong), field, ofSeveralForms(member), title);
			}
		});
	}

	it('take a field that is undefined for one that is absent', () => {
		assert.deepEqual(checkApiArguments('listDrafts', [{ status: undefined }]), [{}]);
		assert.deepEqual(checkApiArguments('sendMessage', [1, 'text']), [1, 'text', undefined]);
	});

	it('take one draft or one prompt to file', () => {
		const call = (owner: unknown) => checkApiArguments('setTags', [owner, { folder: '' }]);
		assert.deepEqual(call({ promptName: 'analyst' }), [{ promptName: 'analyst' }, { folder: '' }]);
		refuses(() => call({}), 'owner', false);
		refuses(() => call({ draftId: 1, promptName: 'analyst' }), 'owner', false);
		refuses(() => checkApiArguments('setTags', [{ draftId: 1 }, { tags: ['a', 7] }]), 'tags.1', false);
	});

	it('take the values of variables by name, and only what JSON can hold', () => {
		const call = (vars: unknown) => checkApiArguments('testDraft', [1, { testQuery: 'q', topic: 't', vars }]);
		const vars = { text: 'a', 'größe-2': 1.5, yes: false, list: [1, [null]], object: { deep: [{}] } };
		assert.deepEqual(call(vars), [1, { testQuery: 'q', topic: 't', vars }]);
		const circle: Record<string, unknown> = {};
		circle['self'] = [circle, circle];
		for (const wrong of [
			null,
			undefined,
			() => 'code',
			Number.NaN,
			new Date(),
			[10n],
			{ f: Symbol('s') },
			circle,
		]) {
			refuses(() => call({ fine: 1, name: wrong }), 'vars.name', false);
		}
		for (const wrong of ['a', [], null, JSON.parse('{"__proto__": 1}'), { constructor: 'x' }]) {
			refuses(() => call(wrong), 'vars', false);
		}
	});

	it('say what is wrong in words', () => {
		for (const [member, args, message] of [
			['updateDraft', [1, { draftContent: 42 }], 'The field "draftContent" must be text, and is 42'],
			['updateDraft', [1, { workshopChatId: 2 }], 'There is no field "workshopChatId" in patch'],
			['commitDraft', [1, { name: 'n' }], 'The field "title" is missing'],
			['getDraft', ['1'], 'The field "draftId" must be an id, which is a whole number above 0, and is "1"'],
			['listDrafts', [null], 'The field "filter" must be an object, and is null'],
		] as const) {
			assert.throws(() => checkApiArguments(member, args), { message });
		}
	});
});

describe('the arguments of commands', () => {
	const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		contributes: { commands: { command: string }[] };
	};

	it('are described for every command of the manifest, and tried here', () => {
		const ids = contributes.commands.map(({ command }) => command.replace('promptWorkshop.', '')).sort();
		assert.deepEqual(Object.keys(commandArguments).sort(), ids);
		const taking = Object.entries(commandArguments).filter(([, parameters]) => parameters.length > 0);
		assert.deepEqual(Object.keys(commandCalls).sort(), taking.map(([id]) => id).sort());
	});

	for (const [id, args] of Object.entries(commandCalls)) {
		it(`${id} takes a good call and refuses every other type, and every unknown field`, () => {
			const parameters = commandArguments[id] ?? [];
			const padded = parameters.map((_, index) => args[index]);
			assert.deepEqual(checkCommandArguments(id, args), padded);
			const names = parameters.map(({ name }) => name);
			for (const { title, field, args: wrong } of wrongCalls(
				names,
				args,
				id === 'rateResult' ? ['userRating', 'notes'] : [],
			)) {
				refuses(() => checkCommandArguments(id, wrong), field, ofSeveralForms(id), title);
			}
		});
	}

	it('name a draft by its id, its tree item or its document, and by nothing else', () => {
		const document = { scheme: 'prompt-draft', path: '/1/a.md', fsPath: '/1/a.md' };
		const item = { kind: 'draft', draftId: 1, draft: {}, storeId: 's' };
		for (const draft of [1, '1', { draftId: 1 }, item, document]) {
			assert.deepEqual(checkCommandArguments('setStatus', [draft, 'ready']), [draft, 'ready']);
		}
		for (const draft of [
			'abc',
			'',
			'-1',
			'1.5',
			{},
			{ draftId: 'x' },
			{ draftId: 1, more: 1 },
			{ ...document, scheme: 'file' },
		]) {
			refuses(() => checkCommandArguments('setStatus', [draft, 'ready']), 'draft', false);
		}
	});

	it('name a text to compare by its version, draft, prompt or file', () => {
		const document = { scheme: 'prompt-draft', path: '/1/a.md', fsPath: '/1/a.md' };
		const version = { kind: 'version', versionId: 1, version: {} };
		const file = { scheme: 'file', path: '/a.md', fsPath: '/a.md' };
		const sides = [{ draftId: 1 }, { promptName: 'a' }, { versionId: 1 }, { uri: '/a' }, document, version, file];
		for (const side of sides) {
			assert.deepEqual(checkCommandArguments('compareVersions', [{ versionId: 2 }, side]), [
				{ versionId: 2 },
				side,
			]);
			assert.deepEqual(checkCommandArguments('compareWith', [side]), [side, undefined]);
		}
		for (const side of ['abc', 1.5, {}, { versionId: 'x' }, { versionId: 1, more: 1 }, { uri: 1 }]) {
			refuses(() => checkCommandArguments('compareVersions', [{ versionId: 2 }, side]), 'other', true);
			refuses(() => checkCommandArguments('compareWith', [side]), 'first', true);
		}
	});

	it('leave out what VS Code adds in its menus', () => {
		const more = { kind: 'more', count: 5, draftId: 1 };
		assert.deepEqual(checkCommandArguments('compareAllVersions', [more]), [more]);
		const document = { scheme: 'prompt-draft', path: '/1/a.md', fsPath: '/1/a.md' };
		assert.deepEqual(checkCommandArguments('commitDraft', [document, { groupId: 0 }]), [document, undefined]);
		const item = { kind: 'draft', draftId: 1 };
		assert.deepEqual(checkCommandArguments('renameDraft', [item, [item]]), [item, undefined]);
		assert.deepEqual(checkCommandArguments('deleteDraft', [item, [item, item]]), [item, [item, item]]);
		assert.deepEqual(checkCommandArguments('editTags', [item, [item, item]]), [item, undefined, [item, item]]);
		assert.deepEqual(checkCommandArguments('captureFixture', [item]), [item]);
	});
});
