import * as vscode from 'vscode';
import { withoutIcons } from '../../common/visibleText.ts';
import { modelDescriber } from '../../providers/modelDescriber.ts';
import type { ListedModels, ModelInfo } from '../../providers/provider.ts';

/** A row of the model picker. `all`: shows the hidden models, too. */
export type ModelRow = vscode.QuickPickItem & {
	model?: string;
	action?: 'type' | 'key' | 'provider' | 'all' | 'skip';
	typed?: string;
};

/** Whether a model belongs in the list: it can chat as far as is known, or the settings name it. */
export function isOffered({ id, chats }: ModelInfo, named: ReadonlySet<string>): boolean {
	return chats !== false || named.has(id);
}

/** The models of one provider below its name. Their texts come from servers. */
export function modelRows(provider: string, models: readonly ModelInfo[]): ModelRow[] {
	if (models.length === 0) {
		return [];
	}
	const describe = modelDescriber(vscode.env.language);
	return [
		{ label: provider, kind: vscode.QuickPickItemKind.Separator },
		...models.map((model) => {
			const detail = describe(model);
			return {
				label: withoutIcons(model.name),
				description: withoutIcons(model.id),
				...(detail !== '' && { detail: withoutIcons(detail) }),
				model: model.id,
			};
		}),
	];
}

/** A provider whose list failed, and why. Choosing it lists all providers again. */
export function failedRow({ provider, error }: ListedModels): ModelRow[] {
	return error === undefined ? [] : [{ label: `$(circle-slash) ${provider}`, detail: withoutIcons(error) }];
}

/** Offers the hidden models; no row if there are none. */
export function showAllRow(hidden: number): ModelRow[] {
	return hidden === 0
		? []
		: [
				{
					label: vscode.l10n.t('$(eye) Show all models'),
					detail: vscode.l10n.t(
						'Hidden because they cannot chat: {0} (embeddings, speech, images, moderation)',
						hidden,
					),
					action: 'all',
					alwaysShow: true,
				},
			];
}
