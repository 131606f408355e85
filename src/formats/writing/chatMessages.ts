import * as l10n from '@vscode/l10n';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import type { WrittenSuite } from './writtenSuite.ts';

/** The messages of a prompt for a file that holds them: its text, and what its suite or its first question asks. */
export function chatMessages(
	{ text, promptRole, questions }: ImportedDraft,
	suite: WrittenSuite | undefined,
	findings: Findings,
): { role: string; content: string }[] {
	const asked = suite?.defaults.query ?? questions?.[0];
	const messages = suite?.defaults.messages ?? (asked === undefined ? [] : [{ role: 'user', content: asked }]);
	for (const question of questions?.slice(1) ?? []) {
		findings.dropped(question, l10n.t('The file holds one question'));
	}
	return [{ role: promptRole, content: text }, ...messages];
}
