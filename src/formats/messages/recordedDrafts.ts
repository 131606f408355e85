import * as l10n from '@vscode/l10n';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { asLiteral } from '../template/literal.ts';
import type { LabelledConversation } from './fixtureText.ts';

const maxDrafts = 20;

/** A draft for each system prompt of recorded conversations, whose text is what was sent. */
export function recordedDrafts(
	name: string,
	conversations: readonly LabelledConversation[],
	findings: Findings,
	detailsOf: (conversation: LabelledConversation) => Partial<ImportedDraft> = () => ({}),
): ImportedDraft[] {
	const first = new Map<string, LabelledConversation>();
	for (const conversation of conversations) {
		if (conversation.systemPrompt !== '' && !first.has(conversation.systemPrompt)) {
			first.set(conversation.systemPrompt, conversation);
		}
	}
	if (first.size > maxDrafts) {
		findings.dropped(
			l10n.t('{0} system prompts', first.size - maxDrafts),
			l10n.t('Only the first {0} become drafts; all are in the fixture', maxDrafts),
		);
	}
	return [...first.values()].slice(0, maxDrafts).map((conversation, index) => {
		const details = detailsOf(conversation);
		return {
			name: first.size === 1 ? name : `${name} ${index + 1}`,
			text: asLiteral(conversation.systemPrompt),
			kind: (details.tools?.length ?? 0) > 0 ? 'agent' : 'assistant',
			variables: [],
			tools: [],
			promptRole: 'system',
			...details,
		};
	});
}
