import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { liesIn, realPlace } from '../kit/realPlace.ts';

/**
 * The real place of something that stands in a folder, to be used instead of its path. Throws `access-denied` where links
 * lead out of the folder: what a workspace brings does not decide over places outside of it. A place that is named as one
 * outside, and what lies on no disk, stays as it is.
 */
export async function placeWithin(place: vscode.Uri, folder: vscode.Uri): Promise<vscode.Uri> {
	if (place.scheme !== 'file' || folder.scheme !== 'file' || !liesIn(place.fsPath, folder.fsPath)) {
		return place;
	}
	const [real, root] = await Promise.all([realPlace(place.fsPath), realPlace(folder.fsPath)]);
	if (!liesIn(real, root)) {
		throw new AppError(
			'access-denied',
			vscode.l10n.t('{0} is a link to {1}, outside its folder, so it is not followed', place.fsPath, real),
		);
	}
	return vscode.Uri.file(real);
}
