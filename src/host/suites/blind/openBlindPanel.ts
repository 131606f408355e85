import * as vscode from 'vscode';
import type { BlindProtocol } from '../../../common/blindPage.ts';
import { BlindSession } from '../../../suites/blind/blindSession.ts';
import type { RatedSide } from '../../../suites/blind/ratingFiles.ts';
import { PagePanel } from '../../kit/pagePanel.ts';
import { webviewOptions } from '../../kit/webviewHost.ts';
import type { SuiteServices } from '../suiteServices.ts';
import { blindHandlers } from './blindHandlers.ts';

/** By their sides, so that the same rating is not opened twice. */
const openPanels = new Map<string, vscode.WebviewPanel>();

/** Opens the page on which two variants are rated. Rejects as `BlindSession.open` does. */
export async function openBlindPanel(
	{ extension, suiteRuns, log }: Pick<SuiteServices, 'extension' | 'suiteRuns' | 'log'>,
	name: string,
	a: RatedSide,
	b: RatedSide,
): Promise<void> {
	const key = JSON.stringify([a, b]);
	const open = openPanels.get(key);
	if (open) {
		open.reveal();
		return;
	}
	const session = await BlindSession.open(await suiteRuns.context(), a, b);
	const panel = vscode.window.createWebviewPanel(
		'promptWorkshop.blind',
		vscode.l10n.t('Blind rating'),
		vscode.ViewColumn.Active,
		webviewOptions(extension.extensionUri),
	);
	openPanels.set(key, panel);
	const locale = vscode.env.language;
	const page = new PagePanel<BlindProtocol>(
		panel,
		blindHandlers(session, { name, locale, onSnapshot: () => void page.begin() }),
		(method, error) => log.warn(`[blind] ${method}: ${error.code}: ${error.message}`),
	);
	panel.onDidDispose(() => {
		openPanels.delete(key);
		page.dispose();
		session.dispose().catch((error: unknown) => log.error(`[blind] ${String(error)}`));
	});
	page.load(extension.extensionUri, 'blind', vscode.l10n.t('Blind rating: {0}', name));
}
