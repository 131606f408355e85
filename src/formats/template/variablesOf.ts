import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import { isVariableName } from '../../prompts/variables/nameForms.ts';
import { nameOf, undeclaredTags } from '../../prompts/variables/variableNames.ts';
import { variableLimits } from '../../prompts/variables/checkVariables.ts';

/** What a file says about a variable. */
export interface KnownVariable {
	default?: unknown;
	choices?: string[];
	type?: PromptVariable['type'];
	note?: string;
}

/**
 * The declarations of the variables that texts use, in their order, and of those that the file declares. One that leads
 * into a value or begins a section, and one whose default is a list or object, is JSON.
 */
export function variablesOf(
	texts: readonly string[],
	known: Readonly<Record<string, KnownVariable>> = {},
): PromptVariable[] {
	const json = new Set<string>();
	const names = new Set<string>();
	for (const text of texts) {
		const parsed = parseTemplate(text);
		// What is named in a section may be a key of its value.
		for (const { name, kind } of undeclaredTags(parsed, [])) {
			const variable = nameOf({ name, kind } as (typeof parsed.tags)[number]);
			if (variable !== undefined) {
				names.add(variable);
				if (kind !== 'variable' || name.includes('.')) {
					json.add(variable);
				}
			}
		}
	}
	for (const name of Object.keys(known)) {
		names.add(name);
	}
	return [...names]
		.filter(isVariableName)
		.slice(0, variableLimits.count)
		.map((name) => declared(name, Object.hasOwn(known, name) ? (known[name] ?? {}) : {}, json.has(name)));
}

function declared(name: string, known: KnownVariable, isJson: boolean): PromptVariable {
	const value = known.default;
	const isStructure = typeof value === 'object' && value !== null;
	const choices = [...new Set(known.choices)].filter((choice) => choice !== '').slice(0, variableLimits.choices);
	const type =
		isJson || isStructure
			? 'json'
			: (known.type ?? (choices.length > 0 ? 'choice' : typeof value === 'number' ? 'number' : 'text'));
	const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	const text =
		isStructure || (type === 'json' && isText)
			? JSON.stringify(value, null, 2)
			: isText
				? String(value)
				: undefined;
	const fits =
		text !== undefined && text.length <= variableLimits.default && (type !== 'choice' || choices.includes(text));
	return {
		name,
		type,
		...(fits && { default: text }),
		...(type === 'choice' && { choices }),
		...(known.note !== undefined && known.note !== '' && { note: known.note.slice(0, variableLimits.note) }),
	};
}
