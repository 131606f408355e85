import * as l10n from '@vscode/l10n';
import type { Trash } from '../../storage/contract.ts';

type TrashKind = ReturnType<Trash['list']>[number]['kind'];

/** What was deleted, in the display language. */
export function trashKindLabel(kind: TrashKind): string {
	switch (kind) {
		case 'draft':
			return l10n.t('draft');
		case 'result':
			return l10n.t('result');
		case 'prompt':
			return l10n.t('prompt');
	}
}
