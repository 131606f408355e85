import { fileName } from '../writing/fileName.ts';
import type { Writer } from '../writing/writer.ts';

/** A module with the prompt as a constant, in our template language. */
export const typescript: Writer = {
	id: 'typescript',
	label: 'TypeScript',
	write({ draft: { origin: _origin, ...draft } }) {
		const name = fileName(draft.name).replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());
		const constant = /^\d/.test(name) ? `prompt${name}` : `${name}Prompt`;
		// JSON is TypeScript, but for two line separators that old tools break at.
		const value = JSON.stringify(draft, undefined, '\t').replace(
			/[\u2028\u2029]/g,
			(one) => `\\u${one.charCodeAt(0).toString(16)}`,
		);
		return [{ path: `${fileName(draft.name)}.ts`, text: `export const ${constant} = ${value} as const;\n` }];
	},
};
