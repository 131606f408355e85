import * as l10n from '@vscode/l10n';
import type { Findings } from '../reading/findings.ts';
import type { Exported, PromptPart, Writer } from './writer.ts';
import { writtenSuite } from './writtenSuite.ts';

/** Names each part that a prompt has and its format has no place for. */
export function nameLostParts({ parts }: Writer, { draft, suites }: Exported, findings: Findings): void {
	const suite = writtenSuite(suites);
	const has: Record<PromptPart, boolean> = {
		description: draft.description !== undefined,
		model: draft.model !== undefined,
		parameters: draft.parameters !== undefined,
		questions: draft.questions !== undefined,
		tools: draft.tools.length > 0,
		cases: suite !== undefined && suite.cases.length > 0,
	};
	const notes: Record<PromptPart, string> = {
		description: l10n.t('The format has no description'),
		model: l10n.t('The format names no model'),
		parameters: l10n.t('The format has no settings of a model'),
		questions: l10n.t('The format has no questions to try the prompt with'),
		tools: l10n.t('The format has no tools'),
		cases: l10n.t('The format has no cases'),
	};
	for (const part of Object.keys(has) as PromptPart[]) {
		if (has[part] && !parts.includes(part)) {
			findings.dropped(part, notes[part]);
		}
	}
}
