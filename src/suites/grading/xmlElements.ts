import * as l10n from '@vscode/l10n';
import type { RenderedAssertion } from '../graders/grader.ts';
import type { XmlElement } from './readXml.ts';
import { wrongValue } from './textValue.ts';

/** Of `is-xml` and `contains-xml`: `root.item`, several of them, or an object that names them. */
export const xmlElementsSchema = {
	description: 'Paths of elements such as "root.item".',
	anyOf: [
		{ type: ['string', 'null'] },
		{ type: 'array', items: { type: 'string' } },
		{
			type: 'object',
			properties: { requiredElements: { type: 'array', items: { type: 'string' } } },
			additionalProperties: false,
		},
	],
};

/** The paths of the elements that must be there. */
export function requiredElements({ type, value }: RenderedAssertion): string[] {
	if (value === undefined || value === null) {
		return [];
	}
	const listed =
		typeof value === 'object' && !Array.isArray(value)
			? 'requiredElements' in value
				? value.requiredElements
				: []
			: value;
	const paths = typeof listed === 'string' ? listed.split(',') : listed;
	if (!Array.isArray(paths) || paths.some((path) => typeof path !== 'string')) {
		throw wrongValue(type, l10n.t('paths of elements such as "root.item"'));
	}
	return (paths as string[]).map((path) => path.trim()).filter((path) => path !== '');
}

/** The paths that lead to no element. A number chooses among elements of one name, from 0. */
export function missingElements(paths: readonly string[], roots: readonly XmlElement[]): string[] {
	return paths.filter((path) => {
		let elements = [{ name: '', children: [...roots] }];
		let found: XmlElement[] = [];
		for (const [index, step] of path.split('.').entries()) {
			const chosen = index > 0 && /^\d+$/.test(step) ? found[Number(step)] : undefined;
			found = chosen
				? [chosen]
				: elements.flatMap(({ children }) => children.filter(({ name }) => name === step));
			elements = found;
		}
		return found.length === 0;
	});
}
