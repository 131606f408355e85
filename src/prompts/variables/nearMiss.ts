import * as l10n from '@vscode/l10n';
import { codePointName, visibleLine } from '../../common/visibleText.ts';
import { pathForm } from './nameForms.ts';
import { filterNames, variableOf, type TemplateProblem, type TemplateProblemCode } from './templateTag.ts';

/** A tag that no one can use is looked for in this many characters of its line. */
const longestTag = 300;

const path = `(${pathForm})`;
const startsWithPath = new RegExp(`^${path}`, 'u');
const foreignBlock = new RegExp(String.raw`^([#^/])[ \t]*${path}[ \t]+\S`, 'u');
const filteredSection = new RegExp(String.raw`^[#^/][ \t]*${path}[ \t]*\|`, 'u');
const unclosed = new RegExp(String.raw`^[ \t]*[#^/&>]?[ \t]*${path}(?![:(=\[.-])`, 'u');
const wholeTag = new RegExp(String.raw`^[#^/&]?[ \t]*${path}[ \t]*(?:\||$)`, 'u');
// eslint-disable-next-line no-control-regex -- A control character in a name is as invisible as the others.
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u0000-\u0008\u000b-\u001f\u007f-\u009f]|(?! )\p{Zs}/gu;

/**
 * What at this opening is meant as a tag and is none, with the reason: another language's syntax, a wrong name or
 * filter, or a missing end. Undefined for braces of JSON, LaTeX or code.
 */
export function nearMiss(text: string, start: number): (TemplateProblem & { block?: string }) | undefined {
	const window = text.slice(start + 2, start + 2 + longestTag);
	const line = /^[^\n]*/.exec(window)?.[0] ?? '';
	const problem = (
		code: TemplateProblemCode,
		length: number,
		message: string,
		variable?: string,
	): TemplateProblem & { block?: string } => ({
		code,
		message,
		start,
		end: start + length,
		...(variable !== undefined && { variable: variableOf(variable).normalize('NFC') }),
	});
	if (text[start + 1] !== '{') {
		return jinja(text[start + 1] ?? '', line, problem);
	}
	const close = line.indexOf('}}');
	const next = line.indexOf('{{');
	if (close < 0 || (next >= 0 && next < close)) {
		const name = unclosed.exec(line);
		return name && !isBalanced(line)
			? problem(
					'unclosed-tag',
					2 + name[0].length,
					l10n.t('This "{{" is not closed: write "}}" after the name, or "\\{{" to keep it as text'),
					name[1],
				)
			: undefined;
	}
	const inner = line.slice(0, close);
	if (/[{}]/.test(inner)) {
		return undefined;
	}
	return tagProblem(inner, (code, message, variable) => problem(code, close + 4, message, variable));
}

type Report = (code: TemplateProblemCode, message: string, variable?: string) => TemplateProblem & { block?: string };

function tagProblem(inner: string, report: Report): ReturnType<typeof nearMiss> {
	const tag = inner.replace(/^[ \t]+|[ \t]+$/g, '');
	const shown = visibleLine(`{{${tag}}}`, 60);
	const [invisible] = tag.match(unseen) ?? [];
	if (invisible !== undefined) {
		const clean = wholeTag.exec(tag.replace(unseen, '').trim());
		return clean
			? report(
					'bad-name',
					l10n.t('This tag has a character that cannot be seen ({0}): delete it', codePointName(invisible)),
					clean[1],
				)
			: undefined;
	}
	if (/^>[ \t]*[\p{L}_"'./]/u.test(tag)) {
		return report('unsupported', l10n.t('Partials such as {0} are not supported: put their text here', shown));
	}
	if (/^=.*\S.*=$/.test(tag)) {
		return report('unsupported', l10n.t('Other delimiters, as {0} sets, are not supported: write {{name}}', shown));
	}
	const filtered = filteredSection.exec(tag);
	if (filtered) {
		return report(
			'bad-filter',
			l10n.t('A section takes no filter: write only its name in {0}', shown),
			filtered[1],
		);
	}
	const block = foreignBlock.exec(tag);
	if (block) {
		const [, sigil = '', word = ''] = block;
		const message = l10n.t(
			'Blocks such as {0} are not supported. Write {{#name}}…{{/name}} for a condition or a list, {{^name}}…{{/name}} for its opposite',
			shown,
		);
		return { ...report('unsupported', message), ...(sigil !== '/' && { block: word }) };
	}
	return expressionProblem(tag, inner, shown, report);
}

function expressionProblem(tag: string, inner: string, shown: string, report: Report): ReturnType<typeof nearMiss> {
	const [name] = startsWithPath.exec(tag) ?? [];
	if (name === undefined) {
		const isExpression = /^\s(?:-?\d+(?:\.\d+)?[ \t]+[-+*/%][ \t]|[-~][ \t]*\p{L})/u.test(inner);
		return isExpression || /^[-~][ \t]\p{L}/u.test(tag)
			? report('unsupported', l10n.t('Expressions such as {0} are not supported: a tag is a name', shown))
			: undefined;
	}
	const rest = tag.slice(name.length);
	if (/^[ \t]*\|(?!\|)/.test(rest)) {
		const word = [...rest.matchAll(/\|[ \t]*([\p{L}\w-]+)/gu)]
			.map(([, filter]) => filter)
			.find((filter) => !filterNames.some((known) => known === filter));
		return report(
			'bad-filter',
			word === undefined
				? l10n.t('The filters in {0} cannot be read. A filter is written as | upper or | join(", ")', shown)
				: l10n.t('There is no filter "{0}". The filters are {1}', word, filterNames.join(', ')),
			name,
		);
	}
	if (/^\(.*\)/.test(rest) && !rest.includes(';')) {
		return report('unsupported', l10n.t('Calls such as {0} are not supported: a tag is a name', shown), name);
	}
	if (/^\[[^\]]*\]/.test(rest)) {
		return report('bad-name', l10n.t('Write {0} with a dot, as in {{items.0}}', shown), name);
	}
	if (/^[ \t]*(?:[-+*/%<>~!?]|==|\|\||&&)/.test(rest) || /^[ \t]+(?:if|and|or|in|is|not)[ \t]/.test(rest)) {
		return report('unsupported', l10n.t('Expressions such as {0} are not supported: a tag is a name', shown), name);
	}
	if (/^(?:[ \t]+[\p{L}\p{M}\p{N}_'’-]+)+$/u.test(rest)) {
		const joined = tag.replace(/[ \t]+/g, '_');
		return report(
			'bad-name',
			l10n.t('A name has no spaces: write {0}, or {1} to keep it as text', `{{${joined}}}`, `\\${shown}`),
			name,
		);
	}
	return /^[.-]/.test(rest) ? report('bad-name', l10n.t('The name in {0} is not complete', shown), name) : undefined;
}

function jinja(
	mark: string,
	line: string,
	problem: (code: TemplateProblemCode, length: number, message: string) => TemplateProblem,
): TemplateProblem | undefined {
	const close = line.indexOf(`${mark}}`);
	const inner = line.slice(0, Math.max(0, close));
	if (mark === '%' && /^[-+]?[ \t]*\p{L}/u.test(inner)) {
		const shown = visibleLine(`{%${inner}%}`, 60);
		return problem(
			'unsupported',
			close + 4,
			l10n.t(
				'Statements such as {0} are not supported. Write {{#name}}…{{/name}} for a condition or a list, or {1} to keep it as text',
				shown,
				`\\${shown}`,
			),
		);
	}
	if (mark === '#' && close > 0 && !/[{}]/.test(inner)) {
		return problem(
			'unsupported',
			close + 4,
			l10n.t('Comments are written as {{! comment }}; {0} is not supported', visibleLine(`{#${inner}#}`, 60)),
		);
	}
	return undefined;
}

/** Whether the two braces before a line's text are closed on the line, as in LaTeX's `{{a}+{b}}`. */
function isBalanced(line: string): boolean {
	let depth = 2;
	for (const brace of line.match(/[{}]/g) ?? []) {
		depth += brace === '{' ? 1 : -1;
		if (depth === 0) {
			return true;
		}
	}
	return false;
}
