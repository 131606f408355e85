import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { matrixReport } from '../../lab/matrixReport.ts';
import { writeAtomically } from '../kit/writeAtomically.ts';
import type { LabSession } from '../../lab/session.ts';

/**
 * Writes the results to a location, or to one that the user picks. Returns the location, or undefined if the user
 * picked none.
 */
export async function saveMatrix(session: LabSession, place?: vscode.Uri): Promise<vscode.Uri | undefined> {
	if (!session.state.matrix) {
		throw new AppError('not-found', vscode.l10n.t('There is no matrix to save. Run a matrix first'));
	}
	const uri = place ?? (await askPlace());
	if (!uri) {
		return undefined;
	}
	await writeAtomically(uri, `${JSON.stringify(matrixReport(session.state), undefined, '\t')}\n`);
	return uri;
}

async function askPlace(): Promise<vscode.Uri | undefined> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	return vscode.window.showSaveDialog({
		filters: { JSON: ['json'] },
		title: vscode.l10n.t('Save Matrix Results'),
		...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'lab-matrix.json') }),
	});
}
