import * as l10n from '@vscode/l10n';
import { promptKindLabel } from '../common/promptKindLabel.ts';
import { readPromptMetadata } from './promptMetadata.ts';

/**
 * What differs between two prompts besides their texts, in words: kind, role, variables and tools. Empty if nothing
 * does.
 */
export function metadataDifferences(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
	const [a, b] = [readPromptMetadata(before), readPromptMetadata(after)];
	const variables = namedDifferences(a.variables, b.variables);
	const tools = namedDifferences(a.tools, b.tools);
	return [
		...(a.kind === b.kind ? [] : [l10n.t('kind ({0} → {1})', promptKindLabel(a.kind), promptKindLabel(b.kind))]),
		...(a.promptRole === b.promptRole ? [] : [l10n.t('role ({0} → {1})', a.promptRole, b.promptRole)]),
		...(variables === '' ? [] : [l10n.t('variables ({0})', variables)]),
		...(tools === '' ? [] : [l10n.t('tools ({0})', tools)]),
	];
}

const maxNames = 10;

/** Names with `+` for new, `−` for removed and `~` for changed ones: "+tone, −limit, ~audience". */
function namedDifferences(before: readonly { name: string }[], after: readonly { name: string }[]): string {
	const old = new Map(before.map((item) => [item.name, JSON.stringify(item)]));
	const now = new Map(after.map((item) => [item.name, JSON.stringify(item)]));
	const names = [
		...[...now].flatMap(([name, text]) => {
			const was = old.get(name);
			return was === text ? [] : [`${was === undefined ? '+' : '~'}${name}`];
		}),
		...[...old.keys()].filter((name) => !now.has(name)).map((name) => `−${name}`),
	];
	const rest = names.length - maxNames;
	return [...names.slice(0, maxNames), ...(rest > 0 ? [l10n.t('{0} more', rest)] : [])].join(', ');
}
