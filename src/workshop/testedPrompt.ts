import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import { readPromptMetadata } from '../prompts/promptMetadata.ts';
import { renderPrompt } from '../prompts/variables/renderPrompt.ts';
import type { WorkshopContext } from './context.ts';
import { storedResponse } from './results.ts';

/**
 * The prompt that a test was run with, its variables filled in: as it is stored with the full answer, or else
 * rendered again from the tested version and the stored values. Throws `not-found` if neither is kept.
 */
export async function testedPrompt(context: WorkshopContext, testId: string): Promise<string> {
	const stored = await storedResponse(context, testId);
	if (stored) {
		return stored.promptRole === 'user' ? stored.query : stored.systemPrompt;
	}
	const store = await context.store();
	const { version, parameters } = await store.read(({ results, versions }) => {
		const { versionId, parameters: given } = results.get(testId);
		return { version: versionId === null ? undefined : versions.get(versionId), parameters: given };
	});
	if (!version) {
		throw new AppError(
			'not-found',
			l10n.t(
				'The prompt of this test is no longer kept: its version was deleted, and its full answer is not stored',
			),
		);
	}
	const values = parameters['vars'];
	if (typeof values !== 'object' || values === null) {
		return version.content;
	}
	const { variables } = readPromptMetadata(version.metadata);
	const rendered = renderPrompt(version.content, variables, values as Record<string, unknown>);
	if ('problems' in rendered) {
		throw new AppError(
			'not-found',
			l10n.t(
				'The prompt of this test cannot be rendered again, because its full answer is not stored and the values do not fit the version: {0}',
				rendered.problems[0]?.message ?? '',
			),
		);
	}
	return rendered.text;
}
