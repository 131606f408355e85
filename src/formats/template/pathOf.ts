import { pathForm } from '../../prompts/variables/nameForms.ts';
import { reservedNames } from '../../prompts/variables/nameForms.ts';

const whole = new RegExp(`^${pathForm}$`, 'u');

/** A path of another language as ours: `a.b`, `a[0]` and `a["b"]`. Undefined if it is something else. */
export function pathOf(expression: string): string | undefined {
	const path = expression
		.trim()
		.replace(/\[\s*(?:"([^"\]]+)"|'([^'\]]+)'|(\d+))\s*\]/g, (_, double, single, index) => {
			return `.${String(double ?? single ?? index)}`;
		})
		.normalize('NFC');
	return whole.test(path) && !path.split('.').some((part) => reservedNames.has(part)) ? path : undefined;
}
