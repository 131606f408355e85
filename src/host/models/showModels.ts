import * as vscode from 'vscode';
import type { ListedModels } from '../../providers/provider.ts';
import { createPick } from '../kit/pick.ts';
import { failedRow, isOffered, modelRows, showAllRow, type ModelRow } from './modelRows.ts';

export interface ModelList {
	title: string;
	placeholder: string;
	/** Rows below the models. */
	fixed: readonly ModelRow[];
	/** Ids of the providers, in the order in which they are shown. */
	order: readonly string[];
	/** Models that are shown whatever they are for, because the settings name them. */
	named: ReadonlySet<string>;
	/** A model that has a fixed row. */
	elsewhere?: string | undefined;
	/** Calls `onListed` for each provider. */
	list: (signal: AbortSignal, onListed: (listed: ListedModels) => void) => Promise<unknown>;
}

/**
 * Shows models while the providers' lists are still arriving. Preselects the first listed model, or the first fixed row with
 * a model, so that Enter leads to something that works. Undefined if the user leaves or the signal is aborted.
 */
export async function showModels(shown: ModelList, signal: AbortSignal | undefined): Promise<ModelRow | undefined> {
	const { title, placeholder, fixed, order, named, elsewhere } = shown;
	const { pick, present } = createPick<ModelRow>();
	const controller = new AbortController();
	const arrived: ListedModels[] = [];
	let all = false;
	let preselected: string | undefined;
	pick.ignoreFocusOut = true;
	pick.matchOnDescription = true;
	pick.busy = true;
	const preselect = (rows: readonly ModelRow[]) => {
		pick.activeItems = rows.filter(({ model }) => model !== undefined).slice(0, 1);
		preselected = pick.activeItems[0]?.model;
	};
	preselect(present({ title, placeholder, items: fixed }));
	/** Shows the models listed so far and keeps the user's selection. */
	const draw = () => {
		const providers = arrived.toSorted((one, other) => order.indexOf(one.provider) - order.indexOf(other.provider));
		let hidden = 0;
		const listed = providers.flatMap(({ provider, models }) => {
			const own = models.filter(({ id }) => id !== elsewhere);
			const offered = all ? own : own.filter((model) => isOffered(model, named));
			hidden += own.length - offered.length;
			return modelRows(provider, offered);
		});
		const failed = providers.flatMap(failedRow);
		const [active] = pick.activeItems;
		const rows = present({
			items: [
				...listed,
				...(listed.length > 0 ? [separator(vscode.l10n.t('More'))] : []),
				...fixed,
				...(failed.length > 0 ? [separator(vscode.l10n.t('Did not return a list of models'))] : []),
				...failed,
				...showAllRow(hidden),
			],
		});
		const same = rows.find(
			({ action, model }) =>
				(action ?? model) !== undefined && action === active?.action && model === active?.model,
		);
		if (same && same.model !== preselected) {
			pick.activeItems = [same];
		} else if (pick.value === '') {
			preselect(rows);
		}
	};
	pick.show();
	shown
		.list(controller.signal, (listed) => {
			if (!controller.signal.aborted) {
				arrived.push(listed);
				draw();
			}
		})
		.catch((error: unknown) => {
			present({ placeholder: error instanceof Error ? error.message : String(error) });
		})
		.finally(() => {
			pick.busy = false;
		});
	try {
		return await new Promise<ModelRow | undefined>((resolve) => {
			pick.onDidAccept(() => {
				const [selected] = pick.selectedItems;
				if (selected?.action === 'all') {
					all = true;
					draw();
				} else {
					resolve(selected && { ...selected, typed: pick.value });
				}
			});
			pick.onDidHide(() => resolve(undefined));
			signal?.addEventListener('abort', () => resolve(undefined), { signal: controller.signal });
		});
	} finally {
		controller.abort();
		pick.dispose();
	}
}

function separator(label: string): ModelRow {
	return { label, kind: vscode.QuickPickItemKind.Separator };
}
