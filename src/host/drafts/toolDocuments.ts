import * as vscode from 'vscode';
import { AppError, isAppError } from '../../common/errors.ts';
import type { Draft } from '../../common/model.ts';
import type { Store } from '../../storage/contract.ts';
import type { Workshop } from '../../workshop/workshop.ts';
import type { StoredDocuments } from '../kit/storedFileSystem.ts';
import type { SaveReasons } from './saveReasons.ts';
import { toolsDraftOf, toolsScheme } from './toolsUri.ts';

/**
 * The tools of drafts as JSON. `metadata.tools` has no time of change of its own, so the time at which a change is first seen
 * stands for it: an edit of the draft's text is no conflict with an edit of its tools.
 *
 * @param onOpened called with the first document, which is when its problems are needed
 */
export function toolDocuments(
	workshop: Pick<Workshop, 'setTools'>,
	saveReasons: Pick<SaveReasons, 'take'>,
	onOpened: () => void,
): StoredDocuments {
	const seen = new Map<number, { text: string; changed: number }>();
	const belongs = () => vscode.l10n.t('Tools belong to a draft');
	const save = (uri: vscode.Uri, tools: Parameters<Workshop['setTools']>[1]) => {
		const draftId = toolsDraftOf(uri);
		if (draftId === undefined) {
			throw new AppError('validation', belongs());
		}
		return workshop.setTools(draftId, tools, { explicit: saveReasons.take(uri) === 'explicit' });
	};
	return {
		scheme: toolsScheme,
		folders: /^\/(\d+\/?)?$/,
		isTouched(uri, { drafts, all }) {
			const draftId = toolsDraftOf(uri);
			return draftId !== undefined && (all || drafts.includes(draftId));
		},
		async times(store, uri) {
			const draft = await draftOf(store, uri);
			if (!draft) {
				return undefined;
			}
			const text = toolsText(draft);
			const known = seen.get(draft.id);
			if (known?.text !== text) {
				const changed = Math.max(Date.parse(draft.updatedAt), (known?.changed ?? 0) + 1);
				seen.set(draft.id, { text, changed });
			}
			return { created: Date.parse(draft.createdAt), changed: seen.get(draft.id)?.changed ?? 0 };
		},
		async read(store, uri) {
			onOpened();
			const draft = await draftOf(store, uri);
			return draft && toolsText(draft);
		},
		async write(_store, uri, text) {
			const { readPromptTools } = await import('../../suites/readPromptTools.ts');
			const { tools, problems } = await readPromptTools(text);
			const error = problems.find(({ severity }) => severity !== 'warning');
			if (error) {
				const { line, column, message } = error;
				throw new AppError(
					'validation',
					vscode.l10n.t('The tools are not saved. Line {0}, column {1}: {2}', line, column, message),
				);
			}
			await save(uri, tools);
		},
		async remove(_store, uri) {
			await save(uri, []);
		},
		words: {
			belongs,
			named: () => vscode.l10n.t('The document of tools is named after its draft'),
			gone: () =>
				vscode.l10n.t(
					'The draft of these tools was deleted. Restore it with "Prompt Workshop: Restore Deleted" and save again, or copy this text',
				),
		},
	};
}

/** What is stored, as it is: what cannot be read is shown with its problem, not dropped at the next save. */
function toolsText({ metadata }: Draft): string {
	const { tools } = metadata;
	return `${JSON.stringify(Array.isArray(tools) ? tools : [], undefined, '\t')}\n`;
}

async function draftOf(store: Store, uri: vscode.Uri): Promise<Draft | undefined> {
	const draftId = toolsDraftOf(uri);
	try {
		return draftId === undefined ? undefined : await store.read(({ drafts }) => drafts.get(draftId));
	} catch (thrown) {
		if (isAppError(thrown, 'not-found')) {
			return undefined;
		}
		throw thrown;
	}
}
