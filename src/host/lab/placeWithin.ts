import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { liesIn, realPlace } from '../kit/realPlace.ts';

/**
 * The real path of something inside a folder, to be used instead of its given path. Throws `access-denied` if links
 * lead out of the folder: the content of a workspace must not give access to files outside it. A location that is
 * outside by name, or not on disk, is returned unchanged.
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
