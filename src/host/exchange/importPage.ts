import * as v from 'valibot';
import * as vscode from 'vscode';
import type { AppError } from '../../common/errors.ts';
import type { ImportPlan, ImportProtocol } from '../../common/importPlan.ts';
import { done, messageParsers, pageHandlers } from '../kit/pageHandlers.ts';
import { PagePanel } from '../kit/pagePanel.ts';
import { count, shortText } from '../kit/messageShapes.ts';

const parsers = messageParsers<ImportProtocol>({
	snapshot: v.null(),
	store: v.strictObject({ chosen: v.pipe(v.array(shortText), v.maxLength(100_000)), link: v.boolean() }),
	cancel: v.null(),
	openLine: v.strictObject({ file: count, line: count }),
});

export interface ImportPageOptions {
	extensionUri: vscode.Uri;
	plan: ImportPlan;
	/** Stores the items that were chosen; an error is shown on the page, which stays. */
	store: (chosen: ReadonlySet<string>, link: boolean) => Promise<void>;
	openLine: (file: number, line: number) => Promise<void>;
	onRejected: (method: string, error: AppError) => void;
	signal?: AbortSignal | undefined;
}

/**
 * The page that shows what an import would store and lose. Resolves to whether something was stored; closing the page
 * cancels. It is not restored after a reload: nothing is stored until the user agrees.
 */
export async function showImportPage(options: ImportPageOptions): Promise<boolean> {
	const { extensionUri, plan, signal } = options;
	const title = vscode.l10n.t('Import: {0}', plan.source);
	const panel = vscode.window.createWebviewPanel('promptWorkshop.import', title, vscode.ViewColumn.Active);
	const known = new Set(plan.files.flatMap(({ items }) => items.map(({ id }) => id)));
	let stored = false;
	const close = () => {
		panel.dispose();
	};
	const page = new PagePanel<ImportProtocol>(
		panel,
		pageHandlers(parsers, {
			snapshot: () => {
				page.begin();
				return Promise.resolve({ plan, locale: vscode.env.language, show: null });
			},
			store: done(async ({ chosen, link }) => {
				await options.store(new Set(chosen.filter((id) => known.has(id))), link && plan.link !== null);
				stored = true;
				// The answer to the page comes first.
				setImmediate(close);
			}),
			cancel: done(() => setImmediate(close)),
			openLine: done(({ file, line }) => options.openLine(file, line)),
		}),
		options.onRejected,
	);
	const closed = new Promise<void>((resolve) => panel.onDidDispose(() => resolve()));
	signal?.addEventListener('abort', close, { once: true });
	page.load(extensionUri, 'import', title);
	panel.iconPath = new vscode.ThemeIcon('cloud-download');
	try {
		await closed;
		return stored;
	} finally {
		signal?.removeEventListener('abort', close);
		page.dispose();
	}
}
