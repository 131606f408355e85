import * as l10n from '@vscode/l10n';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import { parseTemplate } from '../../prompts/variables/parseTemplate.ts';
import type { TemplateTag } from '../../prompts/variables/templateTag.ts';
import type { Findings } from '../reading/findings.ts';
import { templatePieces } from '../template/templatePieces.ts';

/** The text for a format without variables: their tags stand in it as text. */
export function toPlainText(text: string, findings: Findings): string {
	const { tags } = parseTemplate(text);
	const plain = templatePieces(text, { isTag: ({ kind }) => kind === 'comment' })
		.filter((piece) => typeof piece === 'string')
		.join('');
	const hasTags = tags.some(({ kind }) => kind !== 'comment');
	if (hasTags) {
		findings.changed(
			'{{ }}',
			l10n.t('The format has no variables: their tags stay in the text, and nothing fills them in'),
		);
	}
	return plain;
}

function tagSource({ kind, name, filters }: TemplateTag): string {
	const sigil = { variable: '', section: '#', inverted: '^', end: '/', comment: '!' }[kind];
	const chain = filters.map(
		({ name: filter, argument }) => ` | ${filter}${argument === undefined ? '' : `(${JSON.stringify(argument)})`}`,
	);
	return `{{${sigil}${name}${chain.join('')}}}`;
}

/** The text for a format with names in double braces and nothing else. */
export function toBraces(text: string, findings: Findings, rename: (name: string) => string = (name) => name): string {
	const isPlain = ({ kind, filters, name }: TemplateTag) =>
		kind === 'variable' && filters.length === 0 && name !== '.';
	for (const tag of parseTemplate(text).tags) {
		if (tag.kind !== 'comment' && !isPlain(tag)) {
			findings.dropped(
				text.slice(tag.start, tag.end),
				l10n.t('The format only has plain variables: it stands in the text as written'),
			);
		}
	}
	return templatePieces(text, { isTag: (tag) => tag.kind === 'comment' || isPlain(tag) })
		.map((piece) => {
			if (typeof piece !== 'string') {
				return piece.kind === 'comment' ? '' : `{{${rename(piece.name)}}}`;
			}
			const [braces] = /\{\{\s*\w[\w.-]*\s*\}\}/.exec(piece) ?? [];
			if (braces !== undefined) {
				findings.changed(braces, l10n.t('Braces that are text here are a variable there'));
			}
			return piece;
		})
		.join('');
}

/** The text for Handlebars. Sections mean the same there; of filters only `json` does. */
export function toHandlebars(text: string, findings: Findings): string {
	let written = '';
	for (const piece of templatePieces(text, { keepsLonelyLines: true })) {
		if (typeof piece === 'string') {
			written += piece.replace(/\{\{/g, '\\{{');
			continue;
		}
		written += /\\*$/.test(written) && written.endsWith('\\') ? '\\' : '';
		if (written.endsWith('{')) {
			written += ' ';
			findings.changed('{', l10n.t('A blank was put between a brace and the tag after it'));
		}
		if (piece.kind === 'comment') {
			written += text.slice(piece.start, piece.end);
			continue;
		}
		const name = piece.name === '.' ? 'this' : piece.name;
		const isJson = piece.filters.length === 1 && piece.filters[0]?.name === 'json';
		if (piece.filters.length > 0 && !isJson) {
			findings.dropped(tagSource(piece), l10n.t('The format has no such filter: the value is inserted as it is'));
		}
		const sigil = { variable: '', section: '#', inverted: '^', end: '/' }[piece.kind];
		written += piece.kind === 'variable' && isJson ? `{{json ${name}}}` : `{{${sigil}${name}}}`;
	}
	return written;
}

/** The text for Jinja or Nunjucks. A section becomes a loop if its variable is a list or it names its item, else a condition. */
export function toJinja(
	text: string,
	variables: readonly PromptVariable[],
	findings: Findings,
	json: 'tojson' | 'dump' = 'tojson',
): string {
	const pieces = templatePieces(text);
	const declared = new Set(variables.map(({ name }) => name));
	const loops: (string | undefined)[] = [];
	const written: string[] = [];
	for (const [index, piece] of pieces.entries()) {
		if (typeof piece === 'string') {
			written.push(/\{[{%#]/.test(piece) ? `{% raw %}${piece}{% endraw %}` : piece);
			continue;
		}
		const inLoop = loops.findLast((item) => item !== undefined);
		const [first = ''] = piece.name.split('.');
		const name =
			piece.name === '.'
				? (inLoop ?? 'item')
				: inLoop !== undefined && !declared.has(first)
					? `${inLoop}.${piece.name}`
					: piece.name;
		if (piece.kind === 'section' || piece.kind === 'inverted') {
			const isLoop = piece.kind === 'section' && isList(piece.name, variables, pieces.slice(index + 1));
			const item = isLoop ? `item${loops.length === 0 ? '' : String(loops.length + 1)}` : undefined;
			loops.push(item);
			written.push(
				item === undefined
					? `{% if ${piece.kind === 'inverted' ? 'not ' : ''}${name} %}`
					: `{% for ${item} in ${name} %}`,
			);
			findings.changed(
				tagSource(piece),
				l10n.t('A section becomes a loop or a condition, which is not the same for every value'),
			);
		} else if (piece.kind === 'end') {
			written.push(loops.pop() === undefined ? '{% endif %}' : '{% endfor %}');
		} else if (piece.kind === 'variable') {
			const filters = piece.filters.map(
				({ name: filter, argument }) =>
					` | ${filter === 'json' ? json : filter}${argument === undefined ? '' : `(${JSON.stringify(argument)})`}`,
			);
			written.push(`{{ ${name}${filters.join('')} }}`);
		}
	}
	return written.join('');
}

function isList(name: string, variables: readonly PromptVariable[], after: ReturnType<typeof templatePieces>): boolean {
	const value = variables.find((variable) => variable.name === name)?.default;
	if (value?.trimStart().startsWith('[')) {
		return true;
	}
	const end = after.findIndex((piece) => typeof piece !== 'string' && piece.kind === 'end' && piece.name === name);
	return after.slice(0, end < 0 ? undefined : end).some((piece) => typeof piece !== 'string' && piece.name === '.');
}
