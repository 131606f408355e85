import * as vscode from 'vscode';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';

export function variableTypeLabel(type: PromptVariable['type']): string {
	switch (type) {
		case 'text':
			return vscode.l10n.t('Text');
		case 'number':
			return vscode.l10n.t('Number');
		case 'choice':
			return vscode.l10n.t('Choice');
		case 'json':
			return vscode.l10n.t('JSON: a list, an object, or any other value');
	}
}
