import * as l10n from '@vscode/l10n';
import type { PromptKind } from '../../common/model.ts';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import type { ForeignFile } from '../reading/foreignFile.ts';
import { readFrontMatter, type FrontMatter } from '../reading/frontMatter.ts';
import { originOf } from '../reading/parameters.ts';
import { scalarText } from '../reading/values.ts';
import { asLiteral } from '../template/literal.ts';

export interface MarkdownForm {
	format: string;
	kind: PromptKind;
	/** Fields of the front matter that the caller reads; all others are kept for an export to the same format. */
	read: readonly string[];
	/** The text of the prompt from the body; by default nothing in it is a variable. */
	textOf?: (body: string, frontMatter: FrontMatter) => string;
}

/** A Markdown file whose body is a prompt, with its front matter. Throws `validation` if there is no prompt in it. */
export function markdownDraft(
	file: ForeignFile,
	findings: Findings,
	{ format, kind, read, textOf = (body) => literalBody(body, findings) }: MarkdownForm,
): { draft: ImportedDraft; frontMatter: FrontMatter } {
	const frontMatter = readFrontMatter(file);
	const { fields, lineOf } = frontMatter;
	const kept = originOf(format, fields, new Set(read), findings, lineOf);
	const description = scalarText(fields['description'])?.trim();
	const text = textOf(frontMatter.body.replace(/^(?:[ \t]*\n)+/, '').trimEnd(), frontMatter);
	if (text.trim() === '') {
		findings.dropped(file.name, l10n.t('There is no prompt below the front matter'), frontMatter.bodyLine);
	}
	return {
		draft: {
			name: scalarText(fields['name'])?.trim() ?? file.stem,
			...(description !== undefined && { description }),
			text,
			kind,
			variables: [],
			tools: [],
			promptRole: 'system',
			...kept,
		},
		frontMatter,
	};
}

/** A text of a format without variables. */
export function literalBody(body: string, findings: Findings): string {
	const text = asLiteral(body);
	if (text !== body) {
		findings.changed(
			'{{ }}',
			l10n.t('This format has no variables, so braces that would be some here have a backslash and stay text'),
		);
	}
	return text;
}
