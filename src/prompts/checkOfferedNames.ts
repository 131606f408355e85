import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { generalTopic } from '../common/model.ts';
import { topicToolNames } from '../common/tools.ts';

/** What the APIs of all providers accept as the name of a tool. */
export const toolNamePattern = '^[A-Za-z0-9_-]{1,64}$';

/**
 * Throws `validation` unless a model can be offered tools of these names together with those of a topic: each name must be
 * well-formed and there once.
 */
export function checkOfferedNames(names: readonly string[], topic: string = generalTopic): void {
	const seen = new Set<string>();
	for (const name of names) {
		if (!new RegExp(toolNamePattern).test(name)) {
			throw refusal(
				l10n.t(
					'A tool cannot have the name "{0}". Use 1 to 64 letters without accents, digits, "_" and "-"',
					name,
				),
			);
		}
		if (seen.has(name)) {
			throw refusal(l10n.t('There are two tools "{0}". Rename or delete one of them', name));
		}
		if (topic !== generalTopic && isTopicTool(name)) {
			throw refusal(
				l10n.t(
					'The tool "{0}" has the name of the search tool "{0}" of the topic "{1}". Rename the tool, or test without the topic',
					name,
					topic,
				),
			);
		}
		seen.add(name);
	}
}

export function isTopicTool(name: string): boolean {
	return topicToolNames.some((known) => known === name);
}

function refusal(message: string): AppError {
	return new AppError('validation', message, { info: { field: 'tools' } });
}
