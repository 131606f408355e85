import { dump } from 'js-yaml';

/**
 * A value as YAML. Keys keep their order, and nothing is written as an alias. The library ends a document after a text
 * with empty lines at its end; without that mark more can follow, and the lines still belong to the text.
 */
export function yamlText(value: object): string {
	return dump(value, { lineWidth: -1, noRefs: true }).replace(/\n\.\.\.\n$/, '\n');
}
