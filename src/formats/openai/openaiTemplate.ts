import type { Findings } from '../reading/findings.ts';
import { fromBraces, plainTag } from '../template/fromBraces.ts';
import { pathOf } from '../template/pathOf.ts';

const output = /^sample\.output_text$/;

/** Whether a template of the evals API is the text of the answer and nothing else. */
export function isOutput(template: unknown): boolean {
	return typeof template === 'string' && /^\s*\{\{\s*sample\.output_text\s*\}\}\s*$/.test(template);
}

/** A template of the evals API in ours: `item.x` is the variable x. Undefined if it needs more of the answer than `outputTag`. */
export function openaiTemplate(template: string, findings: Findings, outputTag?: string): string | undefined {
	let isUsable = true;
	const text = fromBraces(template, findings, (name) => {
		if (name.startsWith('item.')) {
			return plainTag(name.slice('item.'.length));
		}
		if (output.test(name) && outputTag !== undefined) {
			return outputTag;
		}
		isUsable &&= !name.startsWith('sample');
		return undefined;
	});
	return isUsable ? text : undefined;
}

/** The template as an expression of JavaScript for a grader; undefined if it names what a grader does not have. */
export function openaiExpression(template: string): string | undefined {
	const parts: string[] = [];
	let done = 0;
	for (const { 0: written, 1: name = '', index } of template.matchAll(/\{\{\s*([^{}\n]{1,200}?)\s*\}\}/g)) {
		const path = name.startsWith('item.') ? pathOf(name.slice('item.'.length)) : undefined;
		if (path === undefined && !output.test(name)) {
			return undefined;
		}
		parts.push(JSON.stringify(template.slice(done, index)));
		parts.push(path === undefined ? 'output' : `String(${valueExpression(path)} ?? '')`);
		done = index + written.length;
	}
	parts.push(JSON.stringify(template.slice(done)));
	return parts
		.filter((part) => part !== '""')
		.join(' + ')
		.replace(/^$/, '""')
		.replace(/\{(?=[{%#])/g, '\\x7b');
}

/** The value of a path of the case's variables. */
function valueExpression(path: string): string {
	return path.split('.').reduce((expression, part) => `${expression}?.[${JSON.stringify(part)}]`, 'context.vars');
}
