import * as l10n from '@vscode/l10n';
import { isMap, type YAMLMap } from 'yaml';
import type { PromptTool } from '../promptMetadata.ts';
import { entriesOf, startOf, textOf, type Report } from './templateNodes.ts';

/** Reads the tools of an agent. Fields that the model does not see, such as canned results, are kept as they are. */
export function readTools(maps: readonly YAMLMap[], report: Report): PromptTool[] {
	const seen = new Set<string>();
	return maps.flatMap((map) => {
		const entries = entriesOf(map, report);
		const name = textOf(entries.get('name'), report);
		const description = textOf(entries.get('description'), report) ?? '';
		const schema = entries.get('inputSchema');
		if (schema && !isMap(schema.value)) {
			report(startOf(schema.value), l10n.t('"{0}" must be a JSON Schema', schema.key));
			return [];
		}
		const at = startOf(entries.get('name')?.value ?? map);
		if (name === undefined || seen.has(name)) {
			report(
				at,
				name === undefined ? l10n.t('This tool has no name') : l10n.t('There are two tools "{0}"', name),
			);
			return [];
		}
		seen.add(name);
		const kept = map.toJSON() as Record<string, unknown>;
		return [{ ...kept, name, description, inputSchema: (kept['inputSchema'] ?? {}) as Record<string, unknown> }];
	});
}
