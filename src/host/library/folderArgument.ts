import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { property } from '../kit/arguments.ts';

/** A folder of a tree, or of drafts and prompts alike if only its path is given. */
export function folderArgument(argument: unknown): { folder: string; of: ('drafts' | 'prompts')[] } {
	const folder = property(argument, 'folder') ?? argument;
	if (typeof folder !== 'string' || folder === '') {
		throw new AppError('validation', vscode.l10n.t('The argument does not name a folder'), {
			info: { field: 'folder' },
		});
	}
	const of = property(argument, 'of');
	return { folder, of: of === 'drafts' || of === 'prompts' ? [of] : ['drafts', 'prompts'] };
}
