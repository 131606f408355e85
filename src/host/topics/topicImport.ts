import * as vscode from 'vscode';
import type { FieldMapping, ImportReport } from '../../common/topicModel.ts';
import type { ImportOptions } from '../../topics/contract.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { plural } from '../kit/plural.ts';
import type { TopicServices } from './topicServices.ts';
import { runWithProgress, showInformation, showStatus } from '../kit/notify.ts';
import { showPick } from '../kit/pick.ts';

/** Runs an import of the topic `name` with progress and cancel, and says what it did. */
export async function withImportProgress(
	services: TopicServices,
	name: string,
	title: string,
	work: (options: ImportOptions) => Promise<ImportReport>,
): Promise<ImportReport> {
	const report = await runWithProgress(
		{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
		(progress, token) => {
			const controller = new AbortController();
			token.onCancellationRequested(() => controller.abort());
			let shown = 0;
			return work({
				signal: controller.signal,
				chooseMapping,
				onProgress: ({ done, total, file }) => {
					const percent = total > 0 ? (done / total) * 100 : 0;
					const message =
						done === total
							? vscode.l10n.t('updating the index')
							: `${done.toLocaleString()} / ${total.toLocaleString()} ${file}`;
					progress.report({ message, increment: percent - shown });
					shown = percent;
				},
			});
		},
	);
	void announce(services, name, report);
	return report;
}

async function announce(services: TopicServices, name: string, report: ImportReport): Promise<void> {
	const { articles, added, updated, removed, skipped, notes } = report;
	const counts = [
		name,
		...[articles, added, updated, removed, skipped.length].map((count) => count.toLocaleString()),
	];
	const done = plural(
		articles,
		vscode.l10n.t('{0}: {1} article ({2} added, {3} updated, {4} removed, {5} skipped)', ...counts),
		vscode.l10n.t('{0}: {1} articles ({2} added, {3} updated, {4} removed, {5} skipped)', ...counts),
	);
	const inPart = plural(
		notes.length,
		vscode.l10n.t('1 article was only partly read'),
		vscode.l10n.t('{0} articles were only partly read', notes.length.toLocaleString()),
	);
	const message = notes.length === 0 ? done : `${done}. ${inPart}`;
	services.log.info(message);
	if (skipped.length + notes.length === 0) {
		showStatus(message, 10_000);
		return;
	}
	const show = skipped.length > 0 ? vscode.l10n.t('Show Skipped') : vscode.l10n.t('Show Report');
	const answer = await showInformation(message, show);
	if (answer === show) {
		await showReadOnly({ kind: 'skipped', key: name, title: vscode.l10n.t('Skipped {0}', name) });
	}
}

/** Asks which column is the title and which the text. */
async function chooseMapping(columns: string[], sample: Record<string, string>): Promise<FieldMapping | undefined> {
	const ask = async (placeHolder: string) => {
		const items = columns.map((label) => ({ label, description: (sample[label] ?? '').slice(0, 80) }));
		return (await showPick(items, { placeHolder, ignoreFocusOut: true }))?.label;
	};
	const title = await ask(vscode.l10n.t('Choose the column that holds the title of an article'));
	const body = title === undefined ? undefined : await ask(vscode.l10n.t('Choose the column that holds its text'));
	return title !== undefined && body !== undefined ? { title, body } : undefined;
}
