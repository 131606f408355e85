import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { topicToolNames } from '../../../common/tools.ts';
import type { LintContext, LintRule } from '../rule.ts';

const looksLikeTool = /`([a-z]+(?:_[a-z0-9]+)+)(?=[`(])|(?<![\w{`.])([a-z]+(?:_[a-z0-9]+)+)(?=\()/g;

/** Arguments and fields of the topics' tools, which look like tools. */
const knownFields = [
	'days_back',
	'time_period',
	'article_count',
	'publication_date',
	'news_source',
	'future_signal',
	'time_to_impact',
	'driver_type',
];

const calledBefore = /\b(?:call|calls|calling|invoke|invokes|tools?|functions?)\b[^.\n]{0,50}$/i;
const usedBefore = /\b(?:use|uses|using|with)\b[^.\n`]{0,15}`?$/i;
const verb =
	/^(?:add|analy[sz]e|ask|book|calculate|cancel|check|create|delete|execute|fetch|find|get|list|load|look|open|post|query|read|remove|request|run|save|search|send|set|submit|transfer|update|validate|web|write)_/;
const calledAfter = /^(?:\([^)\n]{0,200}\))?`?\s{0,2}(?:tool|function)\b/i;

/**
 * Names that look like tools, in code or before a parenthesis, but that the prompt does not have. In the prompt of an
 * assistant or agent such a name is often a field or a variable, so there it counts only where it is called.
 */
export const unknownTool: LintRule = {
	id: 'unknown-tool',
	severity: 'warning',
	description: 'A tool that the prompt names and does not have.',
	kinds: promptKinds,
	source: 'https://developers.openai.com/api/docs/guides/function-calling',
	*check({ text, fences }, context) {
		let fence = 0;
		const offered = context.kind === 'assistant' ? [] : [...topicToolNames];
		const known = new Set<string>([...offered, ...context.tools, ...knownFields]);
		for (const match of text.matchAll(looksLikeTool)) {
			const name = match[1] ?? match[2] ?? '';
			while ((fences[fence]?.end ?? Infinity) <= match.index) {
				fence++;
			}
			const inFence = (fences[fence]?.start ?? Infinity) <= match.index;
			const end = match.index + match[0].length;
			const start = end - name.length;
			const counts = !inFence && (context.kind === 'research' || isCalled(text, start, end));
			if (counts && !known.has(name)) {
				known.add(name);
				yield { start, end, message: messageOf(name, context) };
			}
		}
	},
};

function isCalled(text: string, start: number, end: number): boolean {
	const before = text.slice(Math.max(0, start - 60), start);
	return (
		calledBefore.test(before) ||
		calledAfter.test(text.slice(end, end + 240)) ||
		(verb.test(text.slice(start, end)) && usedBefore.test(before))
	);
}

function messageOf(name: string, { kind, tools }: LintContext): string {
	switch (kind) {
		case 'research':
			return l10n.t(
				'No topic offers a tool "{0}". The tools are {1}',
				name,
				[...topicToolNames, ...tools].join(', '),
			);
		case 'agent':
			return tools.length > 0
				? l10n.t('This agent has no tool "{0}". Its own tools are {1}', name, tools.join(', '))
				: l10n.t('This agent has no tool "{0}": add it to its tools', name);
		case 'assistant':
			return l10n.t(
				'An assistant has no tools, so it cannot call "{0}". Make the prompt an agent or remove the call',
				name,
			);
	}
}
