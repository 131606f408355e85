import * as vscode from 'vscode';
import { toAppError } from '../../common/errors.ts';
import type { PromptSummary } from '../../common/model.ts';
import { promptKindLabel } from '../../common/promptKindLabel.ts';
import { cancelled } from '../kit/arguments.ts';
import { showError } from '../kit/command.ts';
import { createPick } from '../kit/pick.ts';
import { showReadOnly } from '../kit/readOnlyDocuments.ts';
import { deleteTemplate } from './deleteTemplate.ts';
import type { FoundTemplate, TemplatePlace } from './templateFiles.ts';
import type { TemplateServices } from './templateServices.ts';

export type ChosenTemplate = { found: FoundTemplate } | { prompt: PromptSummary };

type Row = vscode.QuickPickItem & { chosen?: ChosenTemplate };

/** Lets the user choose a template by where it is kept, or a prompt of the library. Rejects with `cancelled`. */
export async function pickTemplate(services: TemplateServices): Promise<ChosenTemplate> {
	const { pick, present } = createPick<Row>();
	const preview = { iconPath: new vscode.ThemeIcon('open-preview'), tooltip: vscode.l10n.t('Preview') };
	const edit = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Open File') };
	const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete Template') };
	const buttonsOf = ({ place }: FoundTemplate) =>
		({ 'built-in': [preview], workspace: [preview, edit], mine: [preview, edit, remove] })[place];

	const read = async () => {
		const store = await services.openStore();
		return Promise.all([services.templateFiles.list(), store.read((repositories) => repositories.prompts.list())]);
	};
	const refresh = async () => {
		pick.busy = true;
		const [files, prompts] = await read().finally(() => (pick.busy = false));
		const rowOf = (found: FoundTemplate) => ({ ...templateRow(found), buttons: buttonsOf(found) });
		const items = [
			...grouped(files, 'built-in', vscode.l10n.t('Built-in'), rowOf),
			...grouped(files, 'workspace', vscode.l10n.t('This workspace'), rowOf),
			...grouped(files, 'mine', vscode.l10n.t('Mine'), rowOf),
			separator(vscode.l10n.t('Library prompts')),
			...prompts.map((prompt) => ({ ...promptRow(prompt), buttons: [preview] })),
		];
		present({ items });
	};
	const press = async (chosen: ChosenTemplate, button: vscode.QuickInputButton) => {
		if (button === remove && 'found' in chosen) {
			await deleteTemplate(chosen.found.uri);
			await refresh();
		} else if (button === edit && 'found' in chosen) {
			await openTemplateFile(chosen.found);
		} else {
			await previewTemplate(chosen);
		}
	};

	present({
		title: vscode.l10n.t('New from Template'),
		placeholder: vscode.l10n.t('Choose what the draft begins with'),
	});
	pick.matchOnDescription = true;
	pick.matchOnDetail = true;
	// Stays open while a template is previewed.
	pick.ignoreFocusOut = true;
	const report = (thrown: unknown) => showError(toAppError(thrown));
	try {
		return await new Promise<ChosenTemplate>((resolve, reject) => {
			pick.onDidAccept(() => {
				const chosen = pick.selectedItems[0]?.chosen;
				if (chosen) {
					resolve(chosen);
				}
			});
			pick.onDidTriggerItemButton(({ item, button }) => {
				if (item.chosen) {
					press(item.chosen, button).catch(report);
				}
			});
			pick.onDidHide(() => reject(cancelled()));
			pick.show();
			refresh().catch(reject);
		});
	} finally {
		pick.dispose();
	}
}

/** Opens the file at the place of its problem, if it has one. */
export async function openTemplateFile(found: FoundTemplate): Promise<void> {
	const { line, column } = found.template ? { line: 1, column: 1 } : found.problem;
	const at = new vscode.Position(line - 1, column - 1);
	const document = await vscode.workspace.openTextDocument(found.uri);
	await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

async function previewTemplate(chosen: ChosenTemplate): Promise<void> {
	const document =
		'prompt' in chosen
			? ({ kind: 'prompt', key: chosen.prompt.name, title: chosen.prompt.name } as const)
			: ({ kind: 'template', key: chosen.found.uri.toString(), title: chosen.found.id } as const);
	await showReadOnly(document, { preserveFocus: true, preview: true });
}

function separator(label: string): Row {
	return { label, kind: vscode.QuickPickItemKind.Separator };
}

function grouped(
	files: readonly FoundTemplate[],
	place: TemplatePlace,
	label: string,
	rowOf: (found: FoundTemplate) => Row,
): Row[] {
	const own = files.filter((found) => found.place === place);
	return own.length === 0 ? [] : [separator(label), ...own.map(rowOf)];
}

function templateRow(found: FoundTemplate): Row {
	if (!found.template) {
		const { line, message } = found.problem;
		return {
			label: found.id,
			iconPath: new vscode.ThemeIcon('warning'),
			description: vscode.l10n.t('Not a template'),
			detail: vscode.l10n.t('Line {0}: {1}', line, message),
			chosen: { found },
		};
	}
	const { title, kind, description, when } = found.template;
	const detail = description ?? when;
	return {
		label: title,
		description: promptKindLabel(kind),
		...(detail !== undefined && { detail }),
		chosen: { found },
	};
}

function promptRow(prompt: PromptSummary): Row {
	return {
		label: prompt.title,
		description: prompt.isDefault ? vscode.l10n.t('{0} · default', prompt.name) : prompt.name,
		...(prompt.description !== null && { detail: prompt.description }),
		chosen: { prompt },
	};
}
