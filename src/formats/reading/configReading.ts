import * as l10n from '@vscode/l10n';
import { isAppError } from '../../common/errors.ts';
import type { Folder } from '../imported.ts';
import { Findings } from './findings.ts';
import { brokenAt, type ForeignFile } from './foreignFile.ts';
import { insideFolder } from './insideFolder.ts';
import { matchesGlob } from './matchesGlob.ts';
import { isRecord, offsetOf, type Fields } from './values.ts';
import { linePositions } from '../source/linePositions.ts';
import { parseSource } from '../source/parseSource.ts';
import type { SourceNode } from '../source/sourceNode.ts';
import { fromJinja } from '../template/fromJinja.ts';
import { literalValue } from '../template/literal.ts';

const judges = new Set(['llm-rubric', 'factuality', 'pairwise']);

/** What the reading of one config shares: its file, the files beside it, and what is found. */
export class ConfigReading {
	readonly findings: Findings;
	/** The graders that are used, whose differences are named. */
	readonly used = new Set<string>();
	readonly file: ForeignFile;
	readonly #root: SourceNode | undefined;
	readonly #value: unknown;
	readonly #folder: Folder;

	constructor(
		file: ForeignFile,
		root: SourceNode | undefined,
		folder: Folder,
		{ findings = new Findings(), value = root?.value() }: { findings?: Findings; value?: unknown } = {},
	) {
		this.file = file;
		this.findings = findings;
		this.#root = root;
		this.#value = value;
		this.#folder = folder;
	}

	/** The same reading, whose findings nobody gets: for what is read twice. */
	quiet(): ConfigReading {
		return new ConfigReading(this.file, this.#root, this.#folder, { value: this.#value });
	}

	get value(): Fields {
		return isRecord(this.#value) ? this.#value : {};
	}

	judged(type: string): boolean {
		return judges.has(type);
	}

	/** The line of a value of the config. A path that begins with a number is the line of a row of another file. */
	lineOf(path: readonly (string | number)[]): number | undefined {
		const [first] = path;
		return typeof first === 'number' ? first : this.#root && this.file.lineAt(offsetOf(this.#root, path));
	}

	/** What `$ref` stands for: a part of the same file. */
	resolve(value: unknown): unknown {
		const reference = isRecord(value) ? value['$ref'] : undefined;
		if (typeof reference !== 'string' || !reference.startsWith('#/')) {
			return value;
		}
		let current: unknown = this.#value;
		for (const part of reference.slice(2).split('/')) {
			current = isRecord(current) && Object.hasOwn(current, part) ? current[part] : undefined;
		}
		return current;
	}

	/** A text that is a template; a list of them. Texts deeper in a value are not rendered by promptfoo. */
	template(value: unknown, line: number | undefined): unknown {
		if (typeof value === 'string') {
			return fromJinja(value, { findings: this.findings, lineAt: () => line });
		}
		return Array.isArray(value)
			? value.map((item) => (typeof item === 'string' ? this.template(item, line) : literalValue(item)))
			: literalValue(value);
	}

	/** The paths that a reference names: one, or those that fit its `*`. Undefined if it leaves the folder, which is named. */
	async pathsOf(reference: string, line: number | undefined): Promise<string[] | undefined> {
		const written = reference.replace(/^file:\/\//, '');
		try {
			const path = insideFolder(written, this.file.path);
			if (!/[*?]/.test(path)) {
				return [path];
			}
			const root = path.slice(0, path.search(/[*?]/)).split('/').slice(0, -1).join('/');
			return (await this.#folder.list(root)).filter((one) => matchesGlob(path, one)).sort();
		} catch (thrown) {
			if (isAppError(thrown, 'access-denied')) {
				this.findings.dropped(reference, thrown.message, line);
				return undefined;
			}
			throw thrown;
		}
	}

	/** The text of a file beside this one; undefined if it cannot be read, which is named. */
	async readReference(reference: string, line: number | undefined): Promise<string | undefined> {
		const [path] = (await this.pathsOf(reference, line)) ?? [];
		return path === undefined ? undefined : this.readPath(path, line);
	}

	async readPath(path: string, line: number | undefined): Promise<string | undefined> {
		try {
			return (await this.#folder.read(path)).replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
		} catch (thrown) {
			if (isAppError(thrown, 'not-found') || isAppError(thrown, 'access-denied')) {
				this.findings.dropped(path, l10n.t('This file cannot be read: {0}', thrown.message), line);
				return undefined;
			}
			throw thrown;
		}
	}

	/** The value of YAML or JSON of another file. Throws `validation` that names it and the place. */
	parse(text: string, name: string): unknown {
		const node = parseSource(text, 'yaml', (offset, message) => {
			throw brokenAt(linePositions(text)(offset), `${name}: ${message}`);
		});
		return node?.value();
	}
}
