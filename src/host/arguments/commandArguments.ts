import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { commitOptions, labOptions, rating, startOptions, suiteRunOptions, testOptions } from './apiArguments.ts';
import type { Parameter } from './checkArguments.ts';
import {
	at,
	fields,
	filing,
	flag,
	id,
	index,
	isId,
	isObject,
	isTreeItem,
	isUri,
	listOf,
	text,
	amount,
	variables,
} from './shapes.ts';

/** Something that a command acts on, given by its id or name, as a tree item, or by the document that shows it. */
function target(
	what: () => string,
	key: string,
	isName: (value: unknown) => boolean,
	scheme?: string,
): v.GenericSchema {
	return v.custom(
		(value) =>
			isName(value) ||
			(isUri(value) ? value.scheme === scheme : isObject(value) && isOnly(value, key) && isName(value[key])),
		what,
	);
}

/** A tree item has more fields than the id or name; a caller's object must not. */
function isOnly(value: Record<string, unknown>, key: string): boolean {
	return isTreeItem(value) || Object.keys(value).every((name) => name === key);
}

const isText = (value: unknown) => typeof value === 'string';
const isDraftName = (value: unknown) => isId(value) || (isText(value) && /^[1-9]\d*$/.test(String(value)));

const draft = target(() => l10n.t('a draft: its id, tree item or document'), 'draftId', isDraftName, 'prompt-draft');
const prompt = target(
	() => l10n.t('a prompt: its name, tree item or document'),
	'promptName',
	isText,
	'prompt-workshop',
);
const template = target(
	() => l10n.t('a template or prompt: its id or name, its tree item or document'),
	'promptName',
	isText,
	'prompt-workshop',
);
const topic = target(() => l10n.t('a topic: its name or tree item'), 'topicName', isText);
const folder = target(() => l10n.t('a folder: its path or tree item'), 'folder', isText);
const testId = target(() => l10n.t('a test result: its id or document'), 'testId', isText, 'prompt-workshop');
const version = target(() => l10n.t('a version: its id, tree item or document'), 'versionId', isId, 'prompt-workshop');
const messageId = fields({ messageId: id });
const place = v.custom(
	(value) => isText(value) || isUri(value),
	() => l10n.t('a path or a URI'),
);
const uri = v.custom(isUri, () => l10n.t('a URI'));

const result = v.union([testId, draft], () => l10n.t('a test result or a draft'));
const owner = v.union([draft, prompt], () => l10n.t('a draft or a prompt'));
const suiteRun = target(() => l10n.t('a run of a suite: its id or tree item'), 'runId', isText);
const runOrReport = v.union([suiteRun, uri], () => l10n.t('a run of a suite, or a JSON report: its path or URI'));
const fixture = target(() => l10n.t('a fixture: its id, name or tree item'), 'fixtureId', isText);
/** A suite by its URI, or by the draft or prompt that it belongs to. */
const suite = v.union([target(() => l10n.t('a suite'), 'suite', isText), owner, uri], () =>
	l10n.t('a suite: its URI, or a draft or prompt that has one'),
);
/** An item of VS Code's tests, as its menus give it. */
const testItem = v.custom(
	(value) => isObject(value) && isText(value['id']) && isObject(value['parent']) && isObject(value['children']),
	() => l10n.t('a case'),
);
const versionOrOwner = v.union([version, owner], () => l10n.t('a version, draft or prompt'));
/** A text that can be compared. */
const comparable = v.union([version, owner, uri, fields({ uri: place }), fields({ testId: text })], () =>
	l10n.t('a version, draft, prompt or file'),
);
const comparableObject = v.pipe(
	v.custom(isObject, () => l10n.t('a version, draft, prompt or file')),
	comparable,
);
const owners = listOf(owner, () => l10n.t('a list of drafts and prompts'));
const block = [at('draft', draft), at('messageId', id), at('text', text)];
const column = v.union([text, fields({ 'column?': text, 'turn?': index })], () => l10n.t('a conversation: its id'));
const take = v.union([text, fields({ 'take?': text, 'step?': index })], () => l10n.t('a regeneration: its id'));
const section = fields({ 'section?': index });
const files = listOf(uri, () => l10n.t('the files that are selected in the Explorer'));
const strings = listOf(text, () => l10n.t('a list of texts'));

/** The parameters of each command, by its id. A test checks that every command is listed. */
export const commandArguments: Readonly<Record<string, readonly Parameter[]>> = {
	newDraft: [at('options?', fields(startOptions))],
	startFromTemplate: [at('template?', template), at('options?', fields({ 'draftName?': text, 'model?': text }))],
	saveAsTemplate: [
		at('owner?', owner),
		at('options?', fields({ 'title?': text, 'when?': text, 'place?': text, 'overwrite?': flag })),
	],
	startSampleWorkshop: [],
	cloneToDraft: [at('prompt?', prompt), at('options?', fields({ 'cloneName?': text, 'model?': text }))],
	openDraft: [at('draft?', draft)],
	openWorkshop: [at('draft?', draft)],
	renameDraft: [at('draft?', draft), at('draftName?', text)],
	editDescription: [at('draft?', draft), at('draftDescription?', text)],
	setStatus: [at('draft?', draft), at('status?', text)],
	deleteDraft: [
		at('draft?', draft),
		at(
			'selection?',
			listOf(draft, () => l10n.t('a list of drafts')),
		),
	],
	restoreDeleted: [at('trashId?', id)],
	editVariables: [
		at('draft?', draft),
		at(
			'options?',
			fields({
				'variables?': variables,
				'declare?': v.union([text, v.pipe(v.array(text), v.minLength(1))], () =>
					l10n.t('a name or a list of names'),
				),
				'ask?': flag,
			}),
		),
	],
	editTools: [at('draft?', draft)],
	previewRendered: [at('draft?', draft)],
	resetDraft: [at('draft?', draft)],
	turnOffLintRule: [at('rule', text)],
	sendMessage: [at('draft?', draft), at('text?', text)],
	resendMessage: block,
	retryAnswer: [at('draft?', draft)],
	extractDraft: [at('draft?', draft), at('options?', fields({ 'block?': index }))],
	useBlock: block,
	compareBlock: block,
	runTest: [
		at('draft?', draft),
		at('options?', fields({ 'query?': text, 'testQuery?': text, 'topic?': text, ...testOptions })),
	],
	runTestAgain: [at('result?', result), at('options?', fields({ 'model?': text, 'otherModel?': flag }))],
	stop: [at('draft?', draft)],
	openResult: [at('result?', result)],
	openTestedPrompt: [at('result?', result)],
	compareResults: [at('result?', result), at('other?', text)],
	rateResult: [at('result?', result), at('patch?', rating)],
	deleteResult: [at('result?', result)],
	exportResults: [at('draft?', draft), at('place?', place)],
	commitDraft: [at('draft?', draft), at('options?', fields(commitOptions))],
	addPromptToLibrary: [
		at(
			'prompt?',
			v.union([uri, fields({ 'name?': text, 'title?': text, 'content?': text, 'description?': text })], () =>
				l10n.t('a file or an object'),
			),
		),
		at('files?', files),
	],
	openPrompt: [at('prompt?', prompt)],
	deletePrompt: [
		at('prompt?', prompt),
		at(
			'selection?',
			listOf(prompt, () => l10n.t('a list of prompts')),
		),
	],
	setDefaultPrompt: [at('prompt?', prompt)],
	renamePrompt: [at('prompt?', prompt), at('title?', text)],
	copyPrompt: [at('prompt?', prompt)],
	editTags: [at('owner?', owner), at('filing?', filing), at('selection?', owners)],
	toggleFavourite: [at('owner?', owner), at('selection?', owners)],
	showVersions: [at('owner?', versionOrOwner)],
	compareVersions: [
		at('version?', comparable),
		at(
			'other?',
			v.union([id, comparableObject], () => l10n.t('a version, draft, prompt or file')),
		),
	],
	compareWith: [at('first?', comparableObject), at('other?', comparableObject)],
	compareWithParent: [
		at('draft?', draft),
		at(
			'selection?',
			listOf(draft, () => l10n.t('a list of drafts')),
		),
	],
	compareSelected: [
		at('item?', comparableObject),
		at(
			'selection?',
			listOf(comparableObject, () => l10n.t('a list of versions, drafts, prompts or files')),
		),
	],
	compareAllVersions: [at('owner?', versionOrOwner)],
	openVersion: [at('version?', versionOrOwner)],
	compareWithPrevious: [at('version?', versionOrOwner)],
	restoreVersion: [at('version?', versionOrOwner)],
	labelVersion: [at('version?', versionOrOwner), at('label?', text)],
	copyVersion: [at('version?', versionOrOwner)],
	testsOfVersion: [at('version?', versionOrOwner)],
	pinVersions: [],
	unpinVersions: [],
	showMoreVersions: [],
	exportPrompt: [
		at('owner?', versionOrOwner),
		at('options?', fields({ 'format?': text, 'uri?': place, 'overwrite?': flag })),
	],
	linkFile: [at('draft?', draft), at('uri?', place)],
	unlinkFile: [at('draft?', draft)],
	mergeLinkedFile: [at('draft?', draft)],
	tryInCopilot: [at('draft?', draft)],
	importPromptFile: [at('place?', place), at('files?', files)],
	openInWorkshop: [at('place?', place), at('files?', files)],
	pastePrompt: [at('text?', text)],
	pasteOpenAiPrompt: [at('text?', text)],
	importTopic: [at('name?', place), at('place?', place)],
	refreshTopic: [at('topic?', topic)],
	renameTopic: [at('topic?', topic), at('name?', text)],
	removeTopic: [at('topic?', topic)],
	searchTopic: [at('topic?', topic), at('query?', text)],
	openArticle: [
		at(
			'article',
			target(() => l10n.t('an article: its URI or tree item'), 'articleUri', isText),
		),
	],
	openLab: [
		at(
			'fixture?',
			target(() => l10n.t('a fixture: its id, name or tree item'), 'fixtureId', isText),
		),
	],
	filterFixtures: [at('module?', text)],
	'lab.regenerate': [
		at(
			'options?',
			v.union([column, labOptions], () => l10n.t('a conversation or the options of a run')),
		),
	],
	'lab.regenerateAll': [],
	'lab.continue': [
		at(
			'options?',
			v.union([text, fields({ 'column?': text, 'question?': text }), labOptions], () => l10n.t('a conversation')),
		),
	],
	'lab.score': [
		at(
			'options?',
			v.union(
				[text, fields({ 'items?': listOf(fields({ section: index, item: index }), () => l10n.t('a list')) })],
				() => l10n.t('a fixture or items'),
			),
		),
	],
	'lab.chooseTurn': [at('options?', column)],
	'lab.chooseModel': [at('options?', fields({ 'model?': text }))],
	'lab.stop': [at('take?', take)],
	'lab.retry': [at('take?', take)],
	'lab.dismiss': [at('take?', take)],
	'lab.compare': [at('column?', column)],
	'lab.resetPrompt': [at('options?', fields({ part: text, 'section?': index }))],
	'lab.startOver': [at('sure?', flag)],
	'lab.showPrompt': [at('options?', section)],
	'lab.showRequest': [at('take?', take)],
	'lab.runMatrix': [at('options?', fields({ prompts: strings, columns: strings, turns: text, thinking: strings }))],
	'lab.saveMatrix': [at('options?', fields({ 'uri?': text }))],
	'lab.closeMatrix': [],
	sendToDraft: [at('content?', text), at('options?', fields({ 'draftId?': id }))],
	captureFixture: [
		at(
			'options?',
			v.union(
				[
					fields({ 'testId?': text, 'draftId?': id, 'text?': text, 'name?': text, 'uri?': text }),
					v.custom((value) => isTreeItem(value) && isId(value['draftId'])),
				],
				() => l10n.t('an object'),
			),
		),
	],
	setApiKey: [at('provider?', text)],
	removeApiKey: [at('provider?', text)],
	addProvider: [],
	chooseModel: [
		at(
			'use?',
			v.picklist(['chat', 'test'], () => l10n.t('chat or test')),
		),
		at('model?', text),
	],
	showRequest: [
		at(
			'result?',
			v.union([messageId, result], () => l10n.t('a test result or a message')),
		),
	],
	showStorageStatus: [],
	exportDatabase: [at('place?', place)],
	exportAllData: [at('place?', place)],
	importData: [at('place?', place)],
	bringDrafts: [
		at(
			'from?',
			v.union([text, fields({ 'offered?': flag })], () => l10n.t('the folder of a store')),
		),
	],
	groupDrafts: [at('grouping?', text)],
	findPrompt: [at('query?', text)],
	groupPrompts: [at('grouping?', text)],
	renameFolder: [at('folder?', folder), at('name?', text)],
	deleteFolder: [at('folder?', folder)],
	filterDrafts: [at('text?', text)],
	newSuite: [at('owner?', owner), at('options?', fields({ 'uri?': place }))],
	openSuite: [at('suite?', suite), at('options?', fields({ 'line?': index }))],
	runSuite: [at('suite?', suite), at('options?', suiteRunOptions)],
	runAb: [at('suite?', suite)],
	resumeRun: [at('run?', suiteRun)],
	stopRun: [at('run?', suiteRun)],
	openRun: [at('run?', suiteRun)],
	openDashboard: [],
	openReport: [at('report?', runOrReport), at('options?', fields({ 'against?': text }))],
	exportRun: [at('run?', runOrReport), at('options?', fields({ 'format?': text, 'uri?': place }))],
	blessBaseline: [at('run?', suiteRun)],
	removeBaseline: [at('run?', suiteRun)],
	checkJudge: [at('run?', suiteRun)],
	blindRating: [at('run?', suiteRun), at('other?', suiteRun)],
	compareRuns: [
		at('first?', suiteRun),
		at('second?', suiteRun),
		at(
			'selection?',
			listOf(suiteRun, () => l10n.t('a list of runs')),
		),
	],
	deleteRun: [
		at('run?', suiteRun),
		at(
			'selection?',
			listOf(suiteRun, () => l10n.t('a list of runs')),
		),
	],
	revealTests: [at('suite?', suite)],
	runCase: [at('case', fields({ suite, name: text }))],
	bisect: [
		at(
			'case?',
			v.union([fields({ suite, name: text, 'prompt?': text, 'model?': text }), testItem, suite], () =>
				l10n.t('a case: its suite and name'),
			),
		),
		at('options?', fields({ 'good?': id, 'maxCalls?': id, 'maxCostUsd?': amount })),
	],
	proposeCases: [at('suite?', suite)],
	keepAsCase: [
		at(
			'source?',
			v.union([messageId, fixture, result], () => l10n.t('a test result, a message of a chat or a fixture')),
		),
		at('options?', fields({ 'name?': text, 'contains?': text, 'suite?': suite })),
	],
	refreshTrees: [],
};

/** Removes what VS Code adds to calls from menus: the editor group, and the whole selection in a tree. */
export function withoutMenuContext(id: string, [first, second, ...rest]: readonly unknown[]): unknown[] {
	const fromMenu = isUri(first) || isTreeItem(first);
	const takesSelectionAt = commandArguments[id]?.findIndex(({ name }) => name === 'selection');
	if (fromMenu && Array.isArray(second) && takesSelectionAt === 2) {
		return [first, undefined, second];
	}
	const isSelection = Array.isArray(second) && takesSelectionAt !== 1;
	const isEditorGroup = isObject(second) && 'groupId' in second;
	return [first, fromMenu && (isSelection || isEditorGroup) ? undefined : second, ...rest];
}
