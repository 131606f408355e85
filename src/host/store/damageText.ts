import * as vscode from 'vscode';
import type { StoreStatus } from '../../storage/contract.ts';

/** What became of a damaged file of the store. It stays where it is as long as nothing can be written. */
export function damageText({ file, setAsideAs, lost }: StoreStatus['damage'][number]): string {
	return setAsideAs === ''
		? vscode.l10n.t('{0} is damaged and was left in place. Lost: {1}', file, lost)
		: vscode.l10n.t('{0} was damaged and set aside as {1}. Lost: {2}', file, setAsideAs, lost);
}
