import * as l10n from '@vscode/l10n';
import { cutText } from '../../common/cutText.ts';
import type { ImportItem, ImportedKind } from '../../common/importPlan.ts';
import type { Imported, ImportedDraft, ImportedRun } from '../imported.ts';
import { isRecord, listOf, recordsOf } from '../reading/values.ts';
import { parseSource } from '../source/parseSource.ts';

/** Of the text of a draft. */
const previewLength = 2_000;

/** Identifies a thing that a file holds. */
export function importItemId(file: number, kind: ImportedKind, index: number): string {
	return `${file}:${kind}:${index}`;
}

/** What a file would become, in the words of the page that asks. */
export function importItems(file: number, { drafts, suites, fixtures, runs = [] }: Imported): ImportItem[] {
	const item = (kind: ImportedKind, index: number, name: string, facts: string[], preview = ''): ImportItem => ({
		id: importItemId(file, kind, index),
		kind,
		name,
		facts,
		preview,
	});
	return [
		...drafts.map((draft, index) =>
			item('draft', index, draft.name, draftFacts(draft), cutText(draft.text, previewLength)),
		),
		...suites.map(({ name, text }, index) => item('suite', index, name, [caseCount(text)])),
		...fixtures.map(({ name, text }, index) => item('fixture', index, name, fixtureFacts(text))),
		...runs.map((run, index) => item('run', index, run.name, runFacts(run))),
	];
}

function draftFacts({ text, variables, tools, promptRole, model, parameters, questions }: ImportedDraft): string[] {
	const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ');
	return [
		l10n.t('{0} characters', text.length.toLocaleString('en')),
		...(variables.length > 0 ? [l10n.t('variables: {0}', names(variables))] : []),
		...(tools.length > 0 ? [l10n.t('tools: {0}', names(tools))] : []),
		...(promptRole === 'user' ? [l10n.t('sent as the message of the user')] : []),
		...(model === undefined ? [] : [l10n.t('model: {0}, kept as a note', model)]),
		...(parameters ? [l10n.t('parameters: {0}, kept as a note', Object.keys(parameters).join(', '))] : []),
		...(questions ? [l10n.t('questions: {0}', questions.length)] : []),
	];
}

function caseCount(text: string): string {
	const cases = [
		...(parseSource(text, 'yaml', () => undefined)
			?.entry('cases')
			?.value.items() ?? []),
	].length;
	return cases === 1 ? l10n.t('1 case') : l10n.t('{0} cases', cases.toLocaleString('en'));
}

function fixtureFacts(text: string): string[] {
	const fixture = JSON.parse(text) as unknown;
	const conversations = recordsOf(isRecord(fixture) ? fixture['sections'] : undefined).flatMap((section) =>
		recordsOf(section['conversations']),
	);
	const messages = conversations.reduce((sum, one) => sum + listOf(one['messages']).length, 0);
	return [
		conversations.length === 1 ? l10n.t('1 conversation') : l10n.t('{0} conversations', conversations.length),
		messages === 1 ? l10n.t('1 message') : l10n.t('{0} messages', messages),
	];
}

function runFacts({ trials, label, reason }: ImportedRun): string[] {
	const count = (verdict: string) => trials.filter((trial) => trial.verdict === verdict).length;
	const errors = count('error');
	return [
		trials.length === 1 ? l10n.t('1 result') : l10n.t('{0} results', trials.length.toLocaleString('en')),
		l10n.t('{0} passed, {1} failed', count('pass'), count('fail')),
		...(errors > 0 ? [errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors)] : []),
		label,
		reason,
	];
}
