import * as vscode from 'vscode';
import type { Filing } from '../../common/api.ts';
import { toAppError } from '../../common/errors.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import { checkFolder, checkTag, tagKey } from '../../prompts/filing.ts';
import { cancelled } from '../kit/arguments.ts';
import { createPick } from '../kit/pick.ts';
import { knownFolders, knownTags } from '../../prompts/knownFilings.ts';

export interface FilingAnswer {
	added: string[];
	removed: string[];
	/** Undefined if it stays. */
	folder: string | undefined;
}

interface Row extends vscode.QuickPickItem {
	value: string;
}

const back = Symbol('back');

/**
 * Asks for the tags and the folder of one or several drafts and prompts. Tags that only some of them have stay where they
 * are unless they are ticked. Rejects with `cancelled`.
 * @param title of the only one
 */
export async function askFiling(
	title: string | undefined,
	filings: readonly Filing[],
	known: readonly Filing[],
): Promise<FilingAnswer> {
	const name = title ?? vscode.l10n.t('{0} items', filings.length);
	const all = knownTags(known).map(({ tag }) => tag);
	const shared = all.filter((tag) => filings.every(({ tags }) => tags.some((one) => tagKey(one) === tagKey(tag))));
	let picked = shared;
	for (;;) {
		picked = await askTags(name, knownTags(known), picked);
		const folders = [...new Set(filings.map(({ folder }) => folder))];
		const answer = await askFolder(name, knownFolders(known), folders.length === 1 ? folders[0] : undefined);
		if (answer !== back) {
			const keys = new Set(picked.map(tagKey));
			const before = new Set(shared.map(tagKey));
			return {
				added: picked.filter((tag) => !before.has(tagKey(tag))),
				removed: shared.filter((tag) => !keys.has(tagKey(tag))),
				folder: folders.length === 1 && folders[0] === answer ? undefined : answer,
			};
		}
	}
}

/** Rows with check boxes. What is typed is a new tag, or several with commas between them, and is taken on Enter. */
function askTags(
	name: string,
	known: readonly { tag: string; count: number }[],
	ticked: readonly string[],
): Promise<string[]> {
	const { pick, present } = createPick<Row>();
	pick.canSelectMany = true;
	const values = new Map([...ticked, ...known.map(({ tag }) => tag)].map((tag) => [tagKey(tag), tag]));
	const counts = new Map(known.map(({ tag, count }) => [tagKey(tag), count]));
	let selected = new Set(ticked.map(tagKey));
	const draw = () => {
		const shown = present({
			items: [...values.values()].map((tag): Row => {
				const count = counts.get(tagKey(tag));
				return {
					label: withoutIcons(tag),
					value: tag,
					...(count !== undefined && { description: count.toLocaleString() }),
				};
			}),
		});
		pick.selectedItems = shown.filter(({ value }) => selected.has(tagKey(value)));
	};
	// Rows that change with every key would lose what is ticked, so the title says what Enter does.
	const drawTitle = () => {
		const { tags, reason } = typedTags(pick.value);
		const adds = tags.length === 0 ? undefined : vscode.l10n.t('Enter adds "{0}"', tags.join(', '));
		present({ title: reason ?? adds ?? vscode.l10n.t('Tags of {0} (1/2)', name) });
	};
	present({ placeholder: vscode.l10n.t('Tick tags, or type a new one and press Enter') });
	draw();
	drawTitle();
	return answered(pick, (accept) => {
		pick.onDidChangeValue(drawTitle);
		pick.onDidChangeSelection((rows) => {
			selected = new Set(rows.map(({ value }) => tagKey(value)));
		});
		pick.onDidAccept(() => {
			const typed = typedTags(pick.value);
			if (typed.reason !== undefined) {
				return;
			}
			if (typed.tags.length === 0) {
				accept([...values].flatMap(([key, tag]) => (selected.has(key) ? [tag] : [])));
				return;
			}
			for (const tag of typed.tags) {
				values.set(tagKey(tag), values.get(tagKey(tag)) ?? tag);
				selected.add(tagKey(tag));
			}
			pick.value = '';
			draw();
			drawTitle();
		});
	});
}

function askFolder(name: string, known: readonly string[], current: string | undefined): Promise<string | typeof back> {
	const { pick, present } = createPick<Row>();
	const folders: Row[] = [
		{ label: vscode.l10n.t('No folder'), value: '' },
		...known.map((folder) => ({ label: withoutIcons(folder), value: folder })),
	].map((row) => (row.value === current ? { ...row, description: vscode.l10n.t('current') } : row));
	const draw = () => {
		const typed = pick.value.trim();
		const row = typed === '' || known.includes(typed) ? [] : [newFolderRow(typed)];
		const shown = present({ items: [...folders, ...row] });
		// A folder that is there is meant before a new one with the beginning of its name.
		const wanted = typed.toLowerCase();
		const active =
			typed === ''
				? shown.find(({ value }) => value === current)
				: (shown.find(({ value }) => value === typed) ??
					shown.find(({ value }) => value.toLowerCase().includes(wanted)) ??
					shown.at(-1));
		pick.activeItems = active ? [active] : [];
	};
	present({
		title: vscode.l10n.t('Folder of {0} (2/2)', name),
		placeholder: vscode.l10n.t('Choose a folder, or type a new one. A slash nests folders: Support/Billing'),
	});
	pick.buttons = [vscode.QuickInputButtons.Back];
	draw();
	return answered<string | typeof back>(pick, (accept) => {
		pick.onDidChangeValue(draw);
		pick.onDidTriggerButton(() => accept(back));
		pick.onDidAccept(() => {
			const [chosen] = pick.activeItems;
			if (chosen && chosen.value !== refused) {
				accept(chosen.value);
			}
		});
	});
}

/** No folder has this name. */
const refused = '/';

function newFolderRow(typed: string): Row {
	try {
		const folder = checkFolder(typed);
		return { label: vscode.l10n.t('New folder: {0}', withoutIcons(folder)), value: folder, alwaysShow: true };
	} catch (thrown) {
		return { label: withoutIcons(toAppError(thrown).message), value: refused, alwaysShow: true };
	}
}

function typedTags(text: string): { tags: string[]; reason?: string } {
	try {
		return {
			tags: text
				.split(',')
				.filter((part) => part.trim() !== '')
				.map(checkTag),
		};
	} catch (thrown) {
		return { tags: [], reason: toAppError(thrown).message };
	}
}

async function answered<T>(
	pick: Pick<vscode.QuickPick<Row>, 'show' | 'dispose' | 'onDidHide' | 'ignoreFocusOut'>,
	listen: (accept: (value: T) => void) => void,
): Promise<T> {
	pick.ignoreFocusOut = true;
	try {
		return await new Promise<T>((resolve, reject) => {
			listen(resolve);
			pick.onDidHide(() => reject(cancelled()));
			pick.show();
		});
	} finally {
		pick.dispose();
	}
}
