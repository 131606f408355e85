import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { jsonDepth, maxJsonDepth } from '../capture/jsonDepth.ts';
import { linePositions, type Position } from '../source/linePositions.ts';
import { parseSource } from '../source/parseSource.ts';
import type { SourceNode } from '../source/sourceNode.ts';

/** In UTF-16 code units. Logs that are longer are refused before anything is parsed. */
export const maxFileLength = 20 * 1024 * 1024;

/** A file that is not ours. What several formats look at is parsed once. */
export class ForeignFile {
	/** Relative to the folder of the import, with `/`. */
	readonly path: string;
	readonly text: string;
	#json: { value: unknown } | { error: AppError } | undefined;
	#first: { value: unknown } | undefined;
	#yaml: { node: SourceNode | undefined; error?: AppError } | undefined;
	#value: { value: unknown } | undefined;
	#positionAt: ((offset: number) => Position) | undefined;

	/** Throws `validation` if the file is too long to be read. */
	constructor(path: string, text: string) {
		if (text.length > maxFileLength) {
			throw new AppError(
				'validation',
				l10n.t(
					'The file has {0} characters. An import may have at most {1}: split it',
					text.length,
					maxFileLength,
				),
			);
		}
		this.path = path.replaceAll('\\', '/');
		this.text = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
	}

	/** The last part of the path. */
	get name(): string {
		return this.path.slice(this.path.lastIndexOf('/') + 1);
	}

	/** The name without what tells the format: `triage` of `triage.prompt.yml`. */
	get stem(): string {
		return (
			this.name.replace(/(?:\.(?:prompt|agent|chatmode|instructions))?\.[^.]*$/i, '') ||
			this.name.replace(/^\./, '')
		);
	}

	/** The name of the folder that the file is in; empty if it is not known. */
	get folderName(): string {
		return this.path.split('/').at(-2) ?? '';
	}

	positionAt(offset: number): Position {
		return (this.#positionAt ??= linePositions(this.text))(offset);
	}

	lineAt(offset: number): number {
		return this.positionAt(offset).line;
	}

	/** The JSON value; undefined if it is none. */
	get json(): unknown {
		const parsed = (this.#json ??= this.#parseJson());
		return 'value' in parsed ? parsed.value : undefined;
	}

	/** The value of JSON, or of YAML if the name says that it is some; undefined if it is neither. */
	get data(): unknown {
		return this.json ?? (/\.ya?ml$/i.test(this.name) ? this.#yamlValue() : undefined);
	}

	/** The JSON value. Throws `validation` with line and column. */
	requireJson(): unknown {
		const parsed = (this.#json ??= this.#parseJson());
		if ('error' in parsed) {
			throw parsed.error;
		}
		return parsed.value;
	}

	/** The value of the first line that holds anything, if it is JSON. */
	get firstLine(): unknown {
		if (!this.#first) {
			const line = /^\s*([^\n]*)/.exec(this.text)?.[1] ?? '';
			this.#first = { value: undefined };
			if (/^[[{]/.test(line) && jsonDepth(line, maxJsonDepth) <= maxJsonDepth) {
				try {
					this.#first = { value: JSON.parse(line) as unknown };
				} catch {
					// It is something else.
				}
			}
		}
		return this.#first.value;
	}

	/** The rows of JSON Lines with their lines. Throws `validation` with line and column. */
	*rows(): Generator<{ value: unknown; line: number }> {
		for (const [index, text] of this.text.split(/\n/).entries()) {
			if (text.trim() !== '') {
				yield { value: parseJsonText(text, () => ({ line: index + 1, column: 1 })), line: index + 1 };
			}
		}
	}

	/** The YAML of the file; undefined if it holds nothing or cannot be read. */
	get yaml(): SourceNode | undefined {
		return this.#parsedYaml().node;
	}

	/** The YAML of the file. Throws `validation` with line and column. */
	requireYaml(): SourceNode {
		const { node, error } = this.#parsedYaml();
		if (!node) {
			throw error ?? brokenAt({ line: 1, column: 1 }, l10n.t('The file is empty'));
		}
		return node;
	}

	#yamlValue(): unknown {
		return (this.#value ??= { value: this.yaml?.value() }).value;
	}

	#parseJson(): { value: unknown } | { error: AppError } {
		// Text that is no JSON is not searched for more.
		if (!/^\s*[[{]/.test(this.text)) {
			return { error: brokenAt({ line: 1, column: 1 }, l10n.t('This is not a JSON object or list')) };
		}
		try {
			return { value: parseJsonText(this.text, (offset) => this.positionAt(offset)) };
		} catch (thrown) {
			if (thrown instanceof AppError) {
				return { error: thrown };
			}
			throw thrown;
		}
	}

	#parsedYaml(): { node: SourceNode | undefined; error?: AppError } {
		if (!this.#yaml) {
			let error: AppError | undefined;
			const node = parseSource(this.text, 'yaml', (offset, message) => {
				error ??= brokenAt(this.positionAt(offset), message);
			});
			this.#yaml = error ? { node: undefined, error } : { node };
		}
		return this.#yaml;
	}
}

/** Parses JSON from anyone. Throws `validation` with line and column. */
export function parseJsonText(text: string, positionAt: (offset: number) => Position): unknown {
	if (jsonDepth(text, maxJsonDepth) > maxJsonDepth) {
		throw brokenAt(positionAt(0), l10n.t('It is nested deeper than {0} levels', maxJsonDepth));
	}
	try {
		return JSON.parse(text) as unknown;
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		const at = /at position (\d+)/.exec(reason)?.[1];
		const shown = reason.replace(/ in JSON at position.*$/s, '').slice(0, 200);
		const place = positionAt(at === undefined ? text.length : Number(at));
		throw brokenAt(place, l10n.t('This is not valid JSON: {0}', shown), cause);
	}
}

/** The error of a file that cannot be read. */
export function brokenAt({ line, column }: Position, message: string, cause?: unknown): AppError {
	return new AppError('validation', l10n.t('Line {0}, column {1}: {2}', line, column, message), {
		...(cause !== undefined && { cause }),
		info: { field: `${line}:${column}` },
	});
}
