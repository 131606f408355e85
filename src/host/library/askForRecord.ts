import * as vscode from 'vscode';
import { draftTitle } from '../../common/draftTitle.ts';
import { withoutIcons } from '../../common/visibleText.ts';
import type { FoundRecord } from '../../workshop/findRecords.ts';
import { cancelled } from '../kit/arguments.ts';
import { filingMarks } from '../kit/filingTexts.ts';
import { oneLine } from '../kit/oneLine.ts';
import { createPick } from '../kit/pick.ts';

interface Row extends vscode.QuickPickItem {
	record: FoundRecord;
}

/** Asks for a draft or prompt. The rows are what `find` answers to the text that is typed, in its order. Rejects with `cancelled`. */
export async function askForRecord(
	find: (query: string) => Promise<readonly FoundRecord[]>,
): Promise<{ record: FoundRecord; beside: boolean }> {
	const { pick, present } = createPick<Row>();
	present({ placeholder: vscode.l10n.t('Words of the name, title, tags, folder or text') });
	// VS Code would sort by label once something is typed; it has this property, but does not declare it yet.
	Object.assign(pick, { sortByLabel: false });
	let latest = 0;
	const show = async () => {
		const asked = ++latest;
		pick.busy = true;
		const records = await find(pick.value);
		if (asked === latest) {
			present({ items: records.map(recordRow) });
			pick.busy = false;
		}
	};
	try {
		return await new Promise((resolve, reject) => {
			const draw = () => void show().catch(reject);
			pick.onDidChangeValue(draw);
			pick.onDidAccept(() => {
				const [row] = pick.activeItems;
				if (row) {
					resolve({ record: row.record, beside: false });
				}
			});
			pick.onDidTriggerItemButton(({ item }) => resolve({ record: item.record, beside: true }));
			pick.onDidHide(() => reject(cancelled()));
			pick.show();
			draw();
		});
	} finally {
		pick.dispose();
	}
}

/** Names, tags and texts come from files and models, too: they are shown as they are, without icons. */
export function recordRow(record: FoundRecord): Row {
	const { owner, shownName, filing, excerpt, id, description } = record;
	const isDraft = 'draftId' in owner;
	const about = [
		isDraft ? vscode.l10n.t('Draft') : owner.promptName,
		...(filing.folder === '' ? [] : [filing.folder]),
		...filingMarks(filing),
	].join(' · ');
	const detail = excerpt ?? description;
	return {
		label: withoutIcons(oneLine(draftTitle({ id, draftName: shownName }))),
		description: withoutIcons(oneLine(about)),
		...(detail !== null && { detail: withoutIcons(oneLine(detail)) }),
		iconPath: new vscode.ThemeIcon(filing.favourite ? 'star-full' : isDraft ? 'edit' : 'note'),
		// The rows are the matches already; VS Code would leave out those whose text has the words.
		alwaysShow: true,
		buttons: [{ iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') }],
		record,
	};
}
