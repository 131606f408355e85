import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import type { Draft } from '../../common/model.ts';
import { readFileLink, type FileLink } from '../../prompts/linkedFile.ts';
import { readPromptMetadata } from '../../prompts/promptMetadata.ts';
import type { Store } from '../../storage/contract.ts';
import { isMissing } from '../kit/folderReader.ts';
import { showWarning } from '../kit/notify.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { hasMixedBreaks, readLinkedFile, type LinkedFile } from './linkedFile.ts';

/**
 * Writes the text of a draft into its file as one undoable edit of its document, which is saved unless it had unsaved
 * changes: only the text of the prompt is replaced. See the contract `LinkedFiles`.
 */
export async function writeLinkedFile(
	{ openStore, linkedFiles }: Pick<ExchangeServices, 'openStore' | 'linkedFiles'>,
	draft: Draft,
): Promise<boolean> {
	const store = await openStore();
	const { moves } = await linkedFiles();
	return moves.pass(
		() => store.read(({ drafts }) => readFileLink(drafts.get(draft.id).metadata)),
		async (link) => link !== undefined && write(store, draft, link),
	);
}

async function write(store: Store, draft: Draft, link: FileLink): Promise<boolean> {
	const uri = vscode.Uri.parse(link.uri);
	if (!vscode.workspace.getWorkspaceFolder(uri)) {
		void showWarning(vscode.l10n.t('{0} is in no folder of this window, so it was not written', uri.fsPath));
		return false;
	}
	const file = await readLinkedFile(uri).catch((thrown: unknown) => {
		if (isMissing(thrown)) {
			void showWarning(
				vscode.l10n.t('The linked file {0} is gone, so it was not written. The draft is kept', uri.fsPath),
			);
			return undefined;
		}
		throw thrown;
	});
	const text = draft.draftContent.trim();
	if (!file || file.part.text === text) {
		return file !== undefined;
	}
	const base = await store.read(({ versions }) => versions.get(link.versionId).content.trim());
	if (file.part.text !== base) {
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'{0} was changed since the draft was linked to it or committed. Run "Merge Linked File" first',
				vscode.workspace.asRelativePath(uri),
			),
			{ info: { field: 'link' } },
		);
	}
	await replacePrompt(file, text, readPromptMetadata(draft.metadata).variables);
	return true;
}

async function replacePrompt(
	{ uri, document, text, part }: LinkedFile,
	prompt: string,
	variables: ReturnType<typeof readPromptMetadata>['variables'],
): Promise<void> {
	const bytes = await vscode.workspace.fs.readFile(uri);
	if (hasMixedBreaks(new TextDecoder().decode(bytes))) {
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'{0} has line breaks of two kinds, which an edit would change. Make them one first',
				uri.fsPath,
			),
		);
	}
	const replacement = await part.replacement(prompt, variables);
	const wasDirty = document.isDirty;
	const edit = new vscode.WorkspaceEdit();
	edit.replace(uri, new vscode.Range(positionAt(text, part.start), positionAt(text, part.end)), replacement);
	if (!(await vscode.workspace.applyEdit(edit)) || (!wasDirty && !(await document.save()))) {
		throw new AppError(
			'storage',
			vscode.l10n.t('{0} could not be written. Save or close its document, then try again', uri.fsPath),
		);
	}
}

/** The position of an offset in a text with line feeds, which is the same with any line breaks. */
function positionAt(text: string, offset: number): vscode.Position {
	const before = text.slice(0, offset);
	const lineStart = before.lastIndexOf('\n') + 1;
	return new vscode.Position(before.split('\n').length - 1, offset - lineStart);
}
