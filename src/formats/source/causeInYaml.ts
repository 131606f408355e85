import * as l10n from '@vscode/l10n';
import type { YAMLException } from 'js-yaml';

/** What the parser says at the colon of a line that it took for the rest of the text before. */
const unexpectedColon = new Set([
	'bad indentation of a mapping entry',
	'can not read a block mapping entry; a multiline key may not be an implicit key',
	'end of the stream or a document separator is expected',
]);

/**
 * Where a text stopped being YAML, and why. A key without its colon is reported by the parser at the colon of the line
 * after it; the cause is the line with the key.
 */
export function causeInYaml(text: string, { reason, mark }: YAMLException): { offset: number; reason: string } {
	const offset = mark?.position ?? 0;
	if (!unexpectedColon.has(reason)) {
		return { offset, reason };
	}
	const before = text.slice(0, offset).split('\n');
	const indentation = indentationOf(before.pop() ?? '');
	const index = before.findLastIndex((line) => line.trim() !== '');
	const key = before[index] ?? '';
	const isKeyOnly = key !== '' && indentationOf(key) < indentation && !/[:#"'[{|>]|^\s*-/.test(key);
	return isKeyOnly
		? {
				offset: before.slice(0, index).join('\n').length + (index > 0 ? 1 : 0) + indentationOf(key),
				reason: l10n.t('this line has no colon, and the next one is indented below it'),
			}
		: { offset, reason };
}

function indentationOf(line: string): number {
	return line.length - line.trimStart().length;
}
