import * as l10n from '@vscode/l10n';
import type { PromptWorkshopApi } from '../../common/api.ts';
import { reportFormats } from '../../common/suiteModel.ts';
import type { Parameter } from './checkArguments.ts';
import * as v from 'valibot';
import {
	amount,
	at,
	fields,
	filing,
	flag,
	id,
	index,
	isObject,
	listOf,
	orNull,
	signal,
	text,
	variableValues,
	variables,
} from './shapes.ts';

export type ApiMember = Exclude<keyof PromptWorkshopApi, 'version'>;

const run = { 'model?': text, 'thinking?': text, 'signal?': signal };
const draftId = at('draftId', id);
const owner = v.pipe(
	fields({ 'draftId?': id, 'promptName?': text }),
	v.check(
		(given) => Object.keys(given as object).length === 1,
		() => l10n.t('an object with draftId or promptName'),
	),
);

export const startOptions = {
	'startingPrompt?': text,
	'parentPromptName?': text,
	'draftName?': text,
	'requirements?': text,
	'kind?': text,
	'model?': text,
	'signal?': signal,
};

export const testOptions = {
	'vars?': variableValues,
	'limit?': amount,
	'storeFullResponse?': flag,
	'userRating?': amount,
	'notes?': text,
	...run,
};

export const rating = fields({ 'userRating?': orNull(amount), 'notes?': orNull(text) });

export const commitOptions = { name: text, title: text, 'description?': text, 'updateParent?': flag };

/** The messages themselves are checked like those of a fixture. */
const messages = listOf(
	v.custom(isObject, () => l10n.t('a message')),
	() => l10n.t('a list of messages'),
);

export const labOptions = fields({
	messages,
	systemPrompt: text,
	'enableThinking?': flag,
	'thinkingBudget?': amount,
	'maxTokens?': amount,
	// As above: what each must have is checked with the other options.
	'tools?': listOf(
		v.custom(isObject, () => l10n.t('a tool')),
		() => l10n.t('a list of tools'),
	),
	...run,
});

export const suiteRunOptions = fields({
	'variants?': listOf(fields({ 'prompt?': text, 'model?': text, 'thinking?': text }), () =>
		l10n.t('a list of variants'),
	),
	'repeat?': amount,
	'filter?': fields({
		'tags?': listOf(text, () => l10n.t('a list of texts')),
		'names?': listOf(text, () => l10n.t('a list of texts')),
		'failedFrom?': text,
	}),
	'maxCostUsd?': amount,
	'maxCalls?': amount,
	'reuse?': flag,
	'batch?': flag,
	'stopEarly?': flag,
	'signal?': signal,
});

/** Of a run. */
const variant = v.union([text, index], () => l10n.t('the label of a variant or its position, from 0'));

/** The parameters of each API member. A test checks that every member is listed. */
export const apiArguments: Record<ApiMember, readonly Parameter[]> = {
	startWorkshop: [at('options?', fields(startOptions))],
	sendMessage: [draftId, at('text', text), at('options?', fields(run))],
	extractDraft: [draftId, at('options?', fields({ 'block?': index }))],
	listDrafts: [at('filter?', fields({ 'status?': text }))],
	getDraft: [draftId],
	updateDraft: [
		draftId,
		at(
			'patch',
			fields({
				'draftContent?': text,
				'draftName?': text,
				'draftDescription?': text,
				'status?': text,
				'kind?': text,
				'variables?': variables,
			}),
		),
	],
	deleteDraft: [draftId],
	testDraft: [draftId, at('options', fields({ 'testQuery?': text, topic: text, ...testOptions }))],
	listTestResults: [draftId],
	rateTest: [draftId, at('testId', text), at('patch', rating)],
	setTags: [at('owner', owner), at('filing', filing)],
	linkFile: [draftId, at('uri', text)],
	unlinkFile: [draftId],
	exportPrompt: [at('owner', owner), at('format', text)],
	commitDraft: [draftId, at('options', fields(commitOptions))],
	lint: [at('text', text), at('options?', fields({ 'kind?': text, 'model?': text }))],
	listPrompts: [],
	clonePrompt: [
		at('name', text),
		at(
			'options?',
			v.union([text, fields({ 'cloneName?': text, 'model?': text, 'signal?': signal })], () =>
				l10n.t('a name or an object'),
			),
		),
	],
	listTopics: [],
	importFile: [at('uri', text), at('options?', fields({ 'signal?': signal }))],
	importTopic: [at('name', text), at('uri', text), at('options?', fields({ 'signal?': signal }))],
	listFixtures: [],
	loadFixture: [at('nameOrId', text)],
	regenerate: [at('options', labOptions)],
	continueConversation: [at('options', labOptions)],
	listSuites: [],
	runSuite: [at('suite', text), at('options?', suiteRunOptions)],
	resumeRun: [at('runId', text), at('options?', fields({ 'batch?': flag, 'signal?': signal }))],
	listRuns: [at('filter?', fields({ 'suite?': text }))],
	getRun: [at('runId', text)],
	compareVariants: [at('runId', text), at('a', variant), at('b', variant)],
	compareRuns: [at('runA', text), at('runB', text)],
	blessBaseline: [at('runId', text)],
	exportRun: [
		at('runId', text),
		at(
			'format',
			v.picklist(reportFormats, () => reportFormats.join(', ')),
		),
	],
	exportDatabase: [at('uri', text), at('options?', fields({ 'overwrite?': flag }))],
};
