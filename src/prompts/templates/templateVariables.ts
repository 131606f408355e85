import * as l10n from '@vscode/l10n';
import type { YAMLMap } from 'yaml';
import type { PromptVariable } from '../promptMetadata.ts';
import { variableFault, variableLimits, variableTypes } from '../variables/checkVariables.ts';
import { entriesOf, startOf, textOf, textsOf, valueOf, wordOf, type Entry, type Report } from './templateNodes.ts';

const fields = ['name', 'type', 'default', 'choices', 'note'] as const satisfies (keyof PromptVariable)[];

/** Reads the declared variables. What is wrong with one is reported at the field that it concerns. */
export function readVariables(maps: readonly YAMLMap[], report: Report): PromptVariable[] {
	const seen = new Set<string>();
	const { count } = variableLimits;
	const extra = maps[count];
	if (extra) {
		report(startOf(extra), l10n.t('A prompt has at most {0} variables, and this has {1}', count, maps.length));
	}
	return maps.slice(0, count).flatMap((map) => {
		const entries = entriesOf(map, report, fields);
		const name = textOf(entries.get('name'), report);
		if (name === undefined) {
			report(startOf(map), l10n.t('This variable has no name'));
			return [];
		}
		const variable = variableOf(name, entries, report);
		const fault = variableFault(variable, seen);
		if (fault) {
			report(startOf(entries.get(fault.field)?.value ?? map), fault.message);
		}
		seen.add(name);
		return [variable];
	});
}

function variableOf(name: string, entries: ReadonlyMap<string, Entry>, report: Report): PromptVariable {
	const type = wordOf(entries.get('type'), variableTypes, report) ?? 'text';
	const note = textOf(entries.get('note'), report);
	const choices = textsOf(entries.get('choices'), report);
	const text = defaultOf(type, entries.get('default'));
	return {
		name,
		type,
		...(text !== undefined && { default: text }),
		...(type === 'choice' && { choices }),
		...(note !== undefined && { note }),
	};
}

/** As it is typed into the form: JSON may be written as YAML, and becomes its source. */
function defaultOf(type: PromptVariable['type'], entry: Entry | undefined): string | undefined {
	const value = valueOf(entry);
	if (value === undefined || value === null) {
		return undefined;
	}
	return typeof value === 'string' ? value : JSON.stringify(value, null, type === 'json' ? 2 : undefined);
}
