import * as vscode from 'vscode';
import { AppError } from '../../common/errors.ts';
import { droppedContents, droppedUris } from '../kit/droppedUris.ts';
import { toFileUri } from '../kit/places.ts';
import type { ExchangeServices } from './exchangeServices.ts';
import { maxBytesOf } from './readImports.ts';
import { importWithPage } from './runImport.ts';

/** Imports files and folders that were dropped, after the page that asks. */
export async function importDropped(services: ExchangeServices, data: vscode.DataTransfer): Promise<void> {
	const places = (await droppedUris(data)).map(toFileUri);
	const texts = await Promise.all(droppedContents(data).map(contentOf));
	if (places.length + texts.length > 0) {
		await importWithPage(services, { places, texts });
	}
}

async function contentOf(file: vscode.DataTransferFile): Promise<{ name: string; text: Uint8Array }> {
	let bytes: Uint8Array;
	try {
		bytes = await file.data();
	} catch (cause) {
		throw new AppError(
			'validation',
			vscode.l10n.t(
				'Could not read {0}. A browser passes on files, not folders: drop the files, or use "Import Prompt File"',
				file.name,
			),
			{ cause },
		);
	}
	const maximum = maxBytesOf(file.name);
	if (bytes.length > maximum) {
		throw new AppError(
			'validation',
			vscode.l10n.t('{0} is larger than the limit of {1} MB', file.name, maximum / 1024 / 1024),
		);
	}
	return { name: file.name, text: bytes };
}
