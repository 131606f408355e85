import * as l10n from '@vscode/l10n';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { recordsOf, scalarText } from '../reading/values.ts';
import { fromBraces } from '../template/fromBraces.ts';
import { variablesOf } from '../template/variablesOf.ts';
import { casesOfMessages, promptSuite } from './promptSuite.ts';
import { contentText, promptOfMessages } from './promptOfMessages.ts';

/** A text, or messages with roles, whose variables are names in double braces, as a draft and the suite of what follows it. */
export function chatDraft(
	name: string,
	prompt: unknown,
	textRole: ImportedDraft['promptRole'],
	findings: Findings,
): { draft: ImportedDraft; suites: { name: string; text: string }[] } | undefined {
	const messages =
		typeof prompt === 'string'
			? [{ role: textRole, content: prompt }]
			: recordsOf(prompt).filter((message) => {
					const isPlaceholder = message['type'] === 'placeholder';
					if (isPlaceholder) {
						findings.dropped(
							scalarText(message['name']) ?? 'placeholder',
							l10n.t('Earlier turns are the messages of a case: it is left out'),
						);
					}
					return !isPlaceholder;
				});
	const asked = promptOfMessages(
		messages.map(({ role, content }) => ({
			role: scalarText(role) ?? '',
			content: fromBraces(contentText(content, findings), findings).trimEnd(),
		})),
		findings,
	);
	if (!asked) {
		return undefined;
	}
	const texts = [asked.text, asked.query ?? '', ...(asked.messages ?? []).map(({ content }) => content)];
	return {
		draft: {
			name,
			text: asked.text,
			kind: 'assistant',
			variables: variablesOf(texts),
			tools: [],
			promptRole: asked.promptRole,
			...(asked.query !== undefined && { questions: [asked.query] }),
		},
		suites: promptSuite(name, asked, casesOfMessages(asked)),
	};
}
