import * as vscode from 'vscode';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { WrittenCase } from '../../suites/reading/readCase.ts';
import type { Command } from '../kit/command.ts';
import { ownerArgument } from './openSuite.ts';
import type { SuiteServices } from './suiteServices.ts';
import { suiteUri } from './suiteUri.ts';

/** Questions of the draft's template that become cases. */
const firstCases = 3;

/** Writes a first suite for a draft or prompt and opens it; one that is there already is opened as it is. */
export const newSuite: Command<SuiteServices> = {
	id: 'newSuite',
	async run(services, argument) {
		const owner = await ownerArgument(services, argument);
		const store = await services.openStore();
		const { newSuite: written } = await import('../../suites/writeCase.ts');
		await store.write(({ drafts, prompts, suites }) => {
			if (suites.get(owner.ownerKind, owner.ownerId) === undefined) {
				const { metadata } =
					owner.ownerKind === 'draft' ? drafts.get(owner.ownerId) : prompts.getById(owner.ownerId);
				const { head, cases } = firstSuite(metadata);
				const content = written(head, cases);
				suites.put({ ...owner, content, now: new Date().toISOString() });
			}
		});
		const uri = suiteUri(store.status.storeId, owner);
		await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
		return { uri: uri.toString() };
	},
};

/** A suite that runs as it is: the questions of the draft, and assertions that hold for any proper answer. */
function firstSuite(metadata: Record<string, unknown>): {
	head: { description: string; topic?: string };
	cases: WrittenCase[];
} {
	const { questions, testForm } = readPromptMetadata(metadata);
	const asked =
		questions.length > 0 ? questions.slice(0, firstCases) : [vscode.l10n.t('Who are you, and what can you do?')];
	return {
		head: {
			description: vscode.l10n.t('What must stay true of the answers, whatever changes in the prompt.'),
			...(testForm.topic !== undefined && { topic: testForm.topic }),
		},
		cases: asked.map((query, index) => ({
			name: vscode.l10n.t('question {0}', index + 1),
			query,
			assert: [{ type: 'word-count', value: { min: 1, max: 400 } }, { type: 'not-is-refusal' }],
		})),
	};
}
