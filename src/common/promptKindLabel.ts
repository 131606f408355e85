import * as l10n from '@vscode/l10n';
import type { PromptKind } from './model.ts';

/** A kind in the display language. */
export function promptKindLabel(kind: PromptKind): string {
	switch (kind) {
		case 'research':
			return l10n.t('research');
		case 'assistant':
			return l10n.t('assistant');
		case 'agent':
			return l10n.t('agent');
	}
}

/** A kind as a choice in a list. */
export function promptKindTitle(kind: PromptKind): string {
	switch (kind) {
		case 'research':
			return l10n.t('Research');
		case 'assistant':
			return l10n.t('Assistant');
		case 'agent':
			return l10n.t('Agent');
	}
}

/** What a kind is for, in one line. */
export function promptKindDetail(kind: PromptKind): string {
	switch (kind) {
		case 'research':
			return l10n.t('Auspex answers questions over a topic, with search tools and citations');
		case 'assistant':
			return l10n.t('Any assistant without tools: a reviewer, a tutor, a support bot');
		case 'agent':
			return l10n.t('An agent that calls tools of its own');
	}
}
