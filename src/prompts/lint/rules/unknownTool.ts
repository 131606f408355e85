import * as l10n from '@vscode/l10n';
import { promptKinds } from '../../../common/model.ts';
import { topicToolNames } from '../../../common/tools.ts';
import type { LintRule } from '../rule.ts';

const looksLikeTool = /`([a-z]+(?:_[a-z0-9]+)+)(?=[`(])|(?<![\w{`])([a-z]+(?:_[a-z0-9]+)+)(?=\()/g;

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

/** Names that look like tools, in code or before a parenthesis, but that the prompt does not have. */
export const unknownTool: LintRule = {
	id: 'unknown-tool',
	severity: 'warning',
	description: 'A tool that the prompt names and does not have.',
	kinds: promptKinds,
	source: 'https://platform.openai.com/docs/guides/function-calling',
	*check({ text }, { tools }) {
		const offered = [...topicToolNames, ...tools];
		const known = new Set<string>([...offered, ...knownFields]);
		for (const match of text.matchAll(looksLikeTool)) {
			const name = match[1] ?? match[2] ?? '';
			if (known.has(name)) {
				continue;
			}
			const end = match.index + match[0].length;
			const message = l10n.t('No topic offers a tool "{0}". The tools are {1}', name, offered.join(', '));
			yield { start: end - name.length, end, message };
		}
	},
};
