import * as l10n from '@vscode/l10n';
import { type Turn, turnText, turnThinking } from '../../common/turn.ts';
import { isRunningTest, type ListedVersion, type TestResult } from '../../common/model.ts';
import { questionText } from '../../common/questionText.ts';
import { visibleLine } from '../../common/visibleText.ts';
import { endWord } from '../../common/endWord.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';

/** A test result as a document: its numbers, thinking, tool calls and answer; or the answer alone, for comparing. */
export async function resultMarkdown(
	openStore: () => Promise<Store>,
	workshop: Workshop,
	testId: string,
	options: { answerOnly?: boolean } = {},
): Promise<string> {
	const store = await openStore();
	const { result, version } = await store.read(({ results, versions }) => {
		const found = results.get(testId);
		return { result: found, version: found.versionId === null ? undefined : versions.listed(found.versionId) };
	});
	const stored = await workshop.response(testId);
	const answer = stored
		? turnText(stored.turn)
		: `${result.responsePreview}\n\n_(${l10n.t('full answer not stored')})_`;
	if (options.answerOnly) {
		return answer;
	}
	const sections = [
		`# ${questionText(result.query)}`,
		factLines(result, version),
		...(stored ? turnSections(stored.turn) : []),
		`## ${l10n.t('Answer')}`,
		answer || `_(${l10n.t('no text')})_`,
		...(result.error ? [`## ${l10n.t('Error')}`, result.error.message] : []),
		...(result.notes ? [`## ${l10n.t('Notes')}`, result.notes] : []),
	];
	return `${sections.join('\n\n')}\n`;
}

function factLines(result: TestResult, version: ListedVersion | undefined): string {
	const vars = Object.entries((result.parameters['vars'] ?? {}) as Record<string, unknown>);
	const facts: [string, string | null][] = [
		[l10n.t('Status'), isRunningTest(result) ? l10n.t('running') : endWord(result.status)],
		[
			l10n.t('Model'),
			result.isModel ? result.model : l10n.t('{0} (not a model, did not read the prompt)', result.model),
		],
		[l10n.t('Answered by'), result.answeredModel],
		[l10n.t('Prompt'), versionText(version)],
		[l10n.t('Variables'), vars.length === 0 ? null : vars.map(variableText).join('; ')],
		[l10n.t('Topic'), result.topic],
		[l10n.t('Articles'), String(result.articleCount)],
		[l10n.t('Tools offered'), namesText(result.parameters['tools'])],
		[l10n.t('Tools called'), result.toolsUsed.join(', ') || l10n.t('none')],
		[l10n.t('Time'), l10n.t('{0} s', (result.executionTimeMs / 1000).toFixed(1))],
		[l10n.t('Rating'), result.userRating === null ? null : l10n.t('{0} of 5', result.userRating)],
		[l10n.t('Run at'), result.timestamp],
	];
	return facts
		.filter(([, value]) => value !== null)
		.map(([label, value]) => `- ${label}: ${value}`)
		.join('\n');
}

function namesText(names: unknown): string | null {
	return Array.isArray(names) ? names.join(', ') : null;
}

function versionText(version: ListedVersion | undefined): string {
	if (!version) {
		return l10n.t('its version was deleted');
	}
	const { number, label } = version;
	return label === null ? l10n.t('version {0}', number) : l10n.t('version {0} “{1}”', number, label);
}

const shownValue = 200;

function variableText([name, value]: [string, unknown]): string {
	return `${name} = ${visibleLine(typeof value === 'string' ? value : JSON.stringify(value), shownValue)}`;
}

function turnSections(turn: Turn): string[] {
	const thinking = turnThinking(turn);
	const calls = turn.blocks.flatMap((block) =>
		block.type === 'tool'
			? [`- \`${block.name}\` ${JSON.stringify(block.input)}: ${block.result?.summary ?? l10n.t('no result')}`]
			: [],
	);
	return [
		...(thinking ? [`## ${l10n.t('Thinking')}`, thinking] : []),
		...(calls.length > 0 ? [`## ${l10n.t('Tool calls')}`, calls.join('\n')] : []),
	];
}
