import { setImmediate } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { isAppError, throwIfAborted, toAppError } from '../common/errors.ts';
import type { CaseSpools } from './cases/caseSpools.ts';
import type { CaseSequence } from './cases/caseSequence.ts';
import type { Assertion, Suite, SuiteCase, SuiteReading } from './suite.ts';
import { checkTemplates } from './reading/checkTemplates.ts';
import { fieldChecker, type FieldChecker, type KnownGrader } from './reading/fieldChecker.ts';
import { suiteLimits } from './reading/fields.ts';
import { locatedNode, type Located } from './reading/located.ts';
import { Problems } from './reading/problems.ts';
import { readAssertions } from './reading/readAssertions.ts';
import {
	CaseList,
	checkMessages,
	noDefaults,
	type Defaults,
	type WrittenCase,
	type WrittenDefaults,
} from './reading/readCase.ts';
import { caseFileExtensions, caseFileReader, readCaseFile, type CaseText } from './reading/readCaseFile.ts';
import { readTools, type WrittenTool } from './reading/readTools.ts';
import { withoutEmptyFields } from './reading/withoutEmptyFields.ts';
import { linePositions, type Position } from '../formats/source/linePositions.ts';
import { parseSource } from '../formats/source/parseSource.ts';
import type { SourceNode } from '../formats/source/sourceNode.ts';

export interface ReadSuiteOptions {
	format: 'yaml' | 'json';
	/** The text of a case file, given its path relative to the suite. Rejects if there is none or it may not be read. */
	readFile(path: string): Promise<CaseText>;
	graders: readonly KnownGrader[];
	signal?: AbortSignal;
}

interface SpoolOptions extends ReadSuiteOptions {
	/** Where the cases are kept, instead of in memory. */
	spools: CaseSpools | undefined;
}

/** Cases between two looks at what else there is to do: a suite of 100,000 must not stop the editor. */
const batch = 1_000;

/**
 * Reads a suite with its case files. Everything that is wrong in them is a problem with its place; the suite holds the
 * rest. Rejects only with `cancelled`, and with `storage` if the cases cannot be kept.
 */
export async function readSuite(text: string, options: ReadSuiteOptions): Promise<SuiteReading>;
export async function readSuite(text: string, options: SpoolOptions): Promise<SuiteReading<CaseSequence<SuiteCase>>>;
export async function readSuite(
	text: string,
	options: ReadSuiteOptions & Partial<SpoolOptions>,
): Promise<SuiteReading<CaseSequence<SuiteCase>>> {
	const problems = new Problems();
	const suite = await new SuiteReader(options, problems).read(text);
	return { suite, problems: problems.sorted() };
}

interface WrittenSuite {
	description?: string;
	prompt?: string | string[];
	models?: string | string[];
	topic?: string;
	tools?: WrittenTool[];
}

class SuiteReader {
	readonly #options: ReadSuiteOptions & Partial<SpoolOptions>;
	readonly #problems: Problems;
	#positionAt: (offset: number) => Position = () => ({ line: 1, column: 1 });

	constructor(options: ReadSuiteOptions & Partial<SpoolOptions>, problems: Problems) {
		this.#options = options;
		this.#problems = problems;
	}

	async read(file: string): Promise<Suite<CaseSequence<SuiteCase>> | undefined> {
		if (file.length > suiteLimits.file) {
			const message = l10n.t(
				'The file has {0} characters. A suite may have at most {1}',
				file.length,
				suiteLimits.file,
			);
			this.#problems.add({ line: 1, column: 1, message });
			return undefined;
		}
		const text = file.replace(/^\ufeff/, '');
		this.#positionAt = linePositions(text);
		const root = parseSource(text, this.#options.format, (offset, message) => this.#report(offset, message));
		if (root?.kind !== 'map') {
			if (root || this.#problems.sorted().length === 0) {
				this.#report(root?.start ?? 0, l10n.t('A suite consists of fields, such as "prompt:" and "cases:"'));
			}
			return undefined;
		}
		const checker = await fieldChecker(this.#options.graders);
		const head = this.#locate(root, headOf(root));
		const isRight = checker.check('suite', head);
		const written = (isRight ? head.value : {}) as WrittenSuite;
		const defaults = this.#readDefaults(root, checker);
		const { spools } = this.#options;
		spools?.shared.add(defaults.vars, defaults.tags, defaults.assert, ...defaults.assert);
		const list = new CaseList(defaults, checker, spools?.create());
		const cases = root.entry('cases');
		if (!cases) {
			this.#report(root.start, l10n.t('The suite has no cases. Add "cases:" with at least one'), 'warning');
		} else if (cases.value.kind === 'list') {
			await this.#readCases(cases.value, list, checker);
		} else if (cases.value.value() !== null) {
			this.#report(cases.value.start, l10n.t('"{0}" must be {1}', 'cases', l10n.t('a list')));
		}
		const { tools, editorTools } = readTools(written.tools ?? [], head);
		return {
			...(written.description !== undefined && { description: written.description }),
			prompts: this.#prompts(written, head),
			models: this.#models(written, head),
			...(written.topic !== undefined && { topic: written.topic }),
			tools,
			...(editorTools.length > 0 && { editorTools }),
			cases: list.finish(),
		};
	}

	#report(offset: number, message: string, severity?: 'error' | 'warning'): void {
		this.#problems.add({ ...this.#positionAt(offset), message, ...(severity !== undefined && { severity }) });
	}

	#locate(node: SourceNode, value: unknown): Located {
		return locatedNode(node, value, this.#positionAt, this.#problems, undefined);
	}

	#readDefaults(root: SourceNode, checker: FieldChecker): Defaults {
		const node = root.entry('defaults')?.value;
		const value = withoutEmptyFields(node?.value() ?? null);
		if (!node || value === null) {
			return noDefaults;
		}
		const located = this.#locate(node, value);
		if (!checker.check('defaults', located)) {
			return noDefaults;
		}
		const { assert, vars = {}, tags = [], ...rest } = value as WrittenDefaults;
		if (rest.query !== undefined && rest.messages !== undefined) {
			const message = l10n.t('A case has either "{0}" or "{1}". Delete one of them', 'query', 'messages');
			located.report({ path: ['messages'], atKey: true }, message);
		}
		checkTemplates(rest.query, ['query'], located);
		checkMessages(rest.messages, located);
		const assertions: Assertion[] = readAssertions(assert ?? [], ['assert'], located, checker);
		return { ...rest, vars, tags: [...new Set(tags)], assert: assertions };
	}

	async #readCases(cases: SourceNode, list: CaseList, checker: FieldChecker): Promise<void> {
		let count = 0;
		for (const node of cases.items()) {
			if (++count % batch === 0) {
				await setImmediate();
				throwIfAborted(this.#options.signal);
			}
			const located = this.#locate(node, withoutEmptyFields(node.value()));
			if (node.entry('file')) {
				if (checker.check('caseFile', located)) {
					await this.#readFile((located.value as { file: string }).file, located, list, checker);
				}
			} else if (checker.check('case', located)) {
				list.add(located.value as WrittenCase, located);
			}
		}
	}

	async #readFile(path: string, located: Located, list: CaseList, checker: FieldChecker): Promise<void> {
		const at = { path: ['file'] };
		const read = caseFileReader(path);
		if (!read) {
			located.report(at, l10n.t('A file of cases ends with one of {0}', caseFileExtensions.join(', ')));
			return;
		}
		let hasFailed = false;
		const failed = (thrown: unknown) => {
			if (isAppError(thrown, 'cancelled')) {
				throw thrown;
			}
			hasFailed = true;
			located.report(at, l10n.t('The file "{0}" cannot be read: {1}', path, toAppError(thrown).message));
		};
		let text: CaseText;
		try {
			text = await this.#options.readFile(path);
		} catch (thrown) {
			failed(thrown);
			return;
		}
		throwIfAborted(this.#options.signal);
		if (typeof text === 'string' && text.length > suiteLimits.file) {
			located.report(
				at,
				l10n.t('The file has {0} characters. It may have at most {1}', text.length, suiteLimits.file),
			);
			return;
		}
		const source = typeof text === 'string' ? text : this.#readable(text, failed);
		const hasCases = await readCaseFile(source, path, read, { list, checker, problems: this.#problems });
		if (!hasCases && !hasFailed) {
			located.report(at, l10n.t('The file "{0}" holds no cases', path));
		}
	}

	/** The pieces up to the first one that cannot be read. */
	async *#readable(pieces: AsyncIterable<string>, failed: (thrown: unknown) => void): AsyncGenerator<string> {
		try {
			for await (const piece of pieces) {
				throwIfAborted(this.#options.signal);
				yield piece;
			}
		} catch (thrown) {
			failed(thrown);
		}
	}

	#prompts({ prompt = [] }: WrittenSuite, head: Located): string[] {
		const isList = Array.isArray(prompt);
		return [prompt].flat().filter((reference, index) => {
			const isRight = /^(?:draft|library|version|file):./s.test(reference);
			if (!isRight) {
				head.report(
					{ path: isList ? ['prompt', index] : ['prompt'] },
					l10n.t('"{0}" names no prompt: write draft:NAME, library:NAME, version:ID or file:PATH', reference),
				);
			}
			return isRight;
		});
	}

	#models({ models = [] }: WrittenSuite, head: Located): string[] {
		const isList = Array.isArray(models);
		return [models].flat().filter((model, index) => {
			const isRight = /^[^/]+\/./s.test(model);
			if (!isRight) {
				head.report(
					{ path: isList ? ['models', index] : ['models'] },
					l10n.t('"{0}" names no model: write provider/model', model),
				);
			}
			return isRight;
		});
	}
}

/** The suite's own fields, without the cases and defaults, which are checked one by one. */
function headOf(root: SourceNode): unknown {
	const head: Record<string, unknown> = {};
	for (const { key, value } of root.entries()) {
		if (key !== 'cases' && key !== 'defaults') {
			head[key] = value.value();
		}
	}
	return withoutEmptyFields(head);
}
