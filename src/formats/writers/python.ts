import { isRecord } from '../reading/values.ts';
import { fileName } from '../writing/fileName.ts';
import type { Writer } from '../writing/writer.ts';

/** A module with the prompt as a constant, in our template language. */
export const python: Writer = {
	id: 'python',
	label: 'Python',
	write({ draft: { origin: _origin, ...draft } }) {
		const name = fileName(draft.name).replaceAll('-', '_');
		const constant = /^\d/.test(name) ? `PROMPT_${name}` : `${name.toUpperCase()}_PROMPT`;
		return [
			{ path: `${/^\d/.test(name) ? `prompt_${name}` : name}.py`, text: `${constant} = ${literal(draft, '')}\n` },
		];
	},
};

/** Texts of JSON are texts of Python, as are its numbers. */
function literal(value: unknown, indent: string): string {
	const inner = `${indent}    `;
	if (Array.isArray(value)) {
		return value.length === 0
			? '[]'
			: `[\n${value.map((item) => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
	}
	if (isRecord(value)) {
		const entries = Object.entries(value).filter(([, item]) => item !== undefined);
		return entries.length === 0
			? '{}'
			: `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${literal(item, inner)},\n`).join('')}${indent}}`;
	}
	return value === true
		? 'True'
		: value === false
			? 'False'
			: value === null || value === undefined
				? 'None'
				: escaped(JSON.stringify(value));
}

/** Python reads a lone half of a surrogate pair otherwise: whole characters stand as they are. */
function escaped(text: string): string {
	return text.replace(
		/[\u007f-\u009f\u2028\u2029]/g,
		(one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
