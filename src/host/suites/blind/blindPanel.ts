import * as v from 'valibot';
import * as vscode from 'vscode';
import type { BlindProtocol } from '../../../common/blindPage.ts';
import { AppError } from '../../../common/errors.ts';
import { BlindSession } from '../../../suites/blind/blindSession.ts';
import type { RatedSide } from '../../../suites/blind/ratingFiles.ts';
import { PagePanel } from '../../kit/pagePanel.ts';
import type { ReportServices } from '../report/reportServices.ts';
import { blindHandlers } from './blindHandlers.ts';
import { patientClaim } from './patientClaim.ts';

const side = v.strictObject({ runId: v.string(), variant: v.string() });
const sidesText = v.pipe(v.string(), v.parseJson(), v.strictTuple([side, side]));

/**
 * Shows a rating in a panel until it is closed. `id`: the text of the two sides, which comes from the page after a reload.
 * Rejects with `not-found` and as `BlindSession.open` does.
 */
export async function showBlindPanel(
	panel: vscode.WebviewPanel,
	id: string,
	services: ReportServices,
	isRestored: boolean,
): Promise<void> {
	const { extension, suiteRuns, log } = services;
	let isClosed = false;
	panel.onDidDispose(() => (isClosed = true));
	const [a, b] = sidesOf(id);
	const known = await suiteRuns.context();
	const context = isRestored ? { ...known, claim: patientClaim((claimed) => known.claim(claimed)) } : known;
	const { suiteName: name } = await context.records.get(b.runId);
	const session = await BlindSession.open(context, a, b);
	const end = () => session.dispose().catch((error: unknown) => log.error(`[blind] ${String(error)}`));
	if (isClosed) {
		await end();
		return;
	}
	const locale = vscode.env.language;
	const page = new PagePanel<BlindProtocol>(
		panel,
		blindHandlers(session, { rating: id, name, locale, onSnapshot: () => void page.begin() }),
		(method, error) => log.warn(`[blind] ${method}: ${error.code}: ${error.message}`),
	);
	panel.onDidDispose(() => {
		page.dispose();
		void end();
	});
	page.load(extension.extensionUri, 'blind', vscode.l10n.t('Blind rating: {0}', name));
}

function sidesOf(id: string): readonly [RatedSide, RatedSide] {
	const { success, output } = v.safeParse(sidesText, id);
	if (!success) {
		throw new AppError('not-found', vscode.l10n.t('It is not known which answers were rated'));
	}
	return output;
}
