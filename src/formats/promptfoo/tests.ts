import * as l10n from '@vscode/l10n';
import { graderTypes } from '../../common/graderTypes.ts';
import { brokenAt } from '../reading/foreignFile.ts';
import { isRecord, recordsOf, scalarText, type Fields } from '../reading/values.ts';
import { readCsv } from '../caseFiles/csv.ts';
import type { SuiteAssertion, SuiteCaseText, SuiteDefaults } from '../suiteText.ts';
import { renderTemplate } from '../../prompts/variables/renderTemplate.ts';
import { readAssertions } from './assertions.ts';
import type { ConfigReading } from '../reading/configReading.ts';

type Path = readonly (string | number)[];
/** A test as it is written, and where. */
export interface WrittenTest {
	fields: Fields;
	path: Path;
}

const readFields = new Set([
	...[
		'description',
		'vars',
		'assert',
		'threshold',
		'metadata',
		'options',
		'providerOutput',
		'output',
		'outputs',
		'name',
	],
]);
const readOptions = new Set([
	'transform',
	'repeat',
	'provider',
	'rubricPrompt',
	'disableVarExpansion',
	'disableDefaultAsserts',
]);

/** Entries that lists may stand for, those in lists that they refer to included. */
const maxEntries = 200_000;

/**
 * The tests that `tests` stands for: itself, files of tests, or both. Throws `validation` for a list that refers to itself,
 * and for lists that refer to each other so often that there is no end to it.
 */
export async function writtenTests(
	written: unknown,
	path: Path,
	reading: ConfigReading,
	expanded: { lists: readonly unknown[]; counter: { entries: number } } = { lists: [], counter: { entries: 0 } },
): Promise<WrittenTest[]> {
	const resolved = reading.resolve(written);
	if (Array.isArray(resolved)) {
		const { lists, counter } = expanded;
		counter.entries += resolved.length;
		if (lists.includes(resolved) || counter.entries > maxEntries) {
			const message = lists.includes(resolved)
				? l10n.t('A list of tests refers to itself')
				: l10n.t('There are more than {0} tests', maxEntries);
			throw brokenAt({ line: reading.lineOf(path) ?? 1, column: 1 }, message);
		}
		const tests: WrittenTest[] = [];
		for (const [index, entry] of (resolved as unknown[]).entries()) {
			const inside = { lists: [...lists, resolved], counter };
			tests.push(...(await writtenTests(entry, [...path, index], reading, inside)));
		}
		return tests;
	}
	if (isRecord(resolved)) {
		if (typeof resolved['path'] === 'string' && !('vars' in resolved) && !('assert' in resolved)) {
			return writtenTests(resolved['path'], path, reading, expanded);
		}
		return [{ fields: resolved, path }];
	}
	if (typeof resolved !== 'string') {
		return [];
	}
	const line = reading.lineOf(path);
	if (/^(?:https?|huggingface|az|s3):/.test(resolved) || /\.(?:[cm]?[jt]s|py)(?::\w+)?$/.test(resolved)) {
		reading.findings.dropped(resolved, l10n.t('Tests that a program or a server makes are not taken over'), line);
		return [];
	}
	const tests: WrittenTest[] = [];
	for (const file of (await reading.pathsOf(resolved, line)) ?? []) {
		const text = await reading.readPath(file, line);
		if (text !== undefined) {
			tests.push(...testsOfFile(text, file, reading));
		}
	}
	return tests;
}

/** The tests of a CSV, JSON Lines, JSON or YAML file. */
export function testsOfFile(text: string, file: string, reading: ConfigReading): WrittenTest[] {
	if (/\.csv$/i.test(file)) {
		const rows: WrittenTest[] = [];
		readCsv(text, {
			assertionTypes: new Set<string>(graderTypes),
			report: (at, message, severity) =>
				severity === 'warning'
					? reading.findings.kept(file, message, typeof at === 'number' ? at : at.line)
					: reading.findings.dropped(file, message, typeof at === 'number' ? at : at.line),
			addRow: (row, { line }) => rows.push({ fields: row as Fields, path: [line] }),
			addNode: () => undefined,
		});
		return rows;
	}
	if (/\.jsonl$/i.test(file)) {
		return text.split('\n').flatMap((line, index) => {
			const value = line.trim() === '' ? undefined : reading.parse(line, `${file}:${index + 1}`);
			return isRecord(value) ? [{ fields: value, path: [index + 1] }] : [];
		});
	}
	const value = reading.parse(text, file);
	return (Array.isArray(value) ? recordsOf(value) : recordsOf([value])).map((fields) => ({ fields, path: [1] }));
}

/** `defaultTest` in our form, with what only cases can say. */
export interface ReadDefaults {
	defaults: SuiteDefaults;
	options: Fields;
	metadata?: Record<string, unknown>;
	/** As it is written, for cases with other options. */
	assert: unknown;
}

export async function readDefaults(reading: ConfigReading): Promise<ReadDefaults> {
	let written = reading.value['defaultTest'];
	if (typeof written === 'string') {
		const text = await reading.readReference(written, reading.lineOf(['defaultTest']));
		written = text === undefined ? undefined : reading.parse(text, written);
	}
	const fields = isRecord(written) ? written : {};
	const options = isRecord(fields['options']) ? fields['options'] : {};
	nameOthers(fields, ['defaultTest'], reading);
	const vars = await readVars(fields['vars'], ['defaultTest', 'vars'], reading, {});
	const assert = await readAssertions(fields['assert'], ['defaultTest', 'assert'], reading, options);
	const repeat = repeatOf(options['repeat'] ?? evaluateOption(reading, 'repeat'));
	return {
		defaults: {
			...(Object.keys(vars).length > 0 && { vars }),
			...(options['disableVarExpansion'] === true && { expand: false }),
			...(repeat !== undefined && { repeat }),
			...(typeof fields['threshold'] === 'number' && { threshold: fields['threshold'] }),
			...(assert.length > 0 && { assert }),
		},
		options,
		...(isRecord(fields['metadata']) && { metadata: fields['metadata'] }),
		assert: fields['assert'],
	};
}

function evaluateOption(reading: ConfigReading, name: string): unknown {
	const options = reading.value['evaluateOptions'];
	return isRecord(options) ? options[name] : undefined;
}

function repeatOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000 ? value : undefined;
}

/** A test as a case. `inherited` are the assertions of a default that the case must grade with other options. */
export async function readTest(
	{ fields, path }: WrittenTest,
	shared: ReadDefaults,
	names: TakenNames,
	reading: ConfigReading,
	inherited: SuiteAssertion[] = [],
): Promise<SuiteCaseText> {
	nameOthers(fields, path, reading);
	const own = isRecord(fields['options']) ? fields['options'] : {};
	const options = { ...shared.options, ...own };
	const vars = await readVars(fields['vars'], [...path, 'vars'], reading, shared.defaults.vars ?? {});
	const assert = await readAssertions(fields['assert'], [...path, 'assert'], reading, options);
	const title = scalarText(fields['description'] ?? fields['name']);
	const repeat = repeatOf(own['repeat']);
	const output = fields['providerOutput'] ?? fields['output'];
	const metadata = { ...shared.metadata, ...(isRecord(fields['metadata']) && fields['metadata']) };
	return {
		...(title !== undefined && { name: freeName(title, names) }),
		...(Object.keys(vars).length > 0 && { vars }),
		...(own['disableVarExpansion'] === true && { expand: false }),
		...(repeat !== undefined && { repeat }),
		...(typeof fields['threshold'] === 'number' && { threshold: fields['threshold'] }),
		...(inherited.length + assert.length > 0 && { assert: [...inherited, ...assert] }),
		...(output !== undefined &&
			output !== '' && { output: typeof output === 'string' ? output : JSON.stringify(output) }),
		...(isRecord(fields['outputs']) && { outputs: fields['outputs'] as Record<string, string> }),
		...(Object.keys(metadata).length > 0 && { metadata }),
	};
}

/** The names of cases, and of each the last number that was put behind it. */
export type TakenNames = Map<string, number>;

function freeName(title: string, names: TakenNames): string {
	let name = title;
	// A number is tried once: generated tests may all have the same description.
	let number = names.get(title) ?? 1;
	while (names.has(name)) {
		name = `${title} (${++number})`;
	}
	names.set(title, number);
	names.set(name, names.get(name) ?? 1);
	return name;
}

function nameOthers(fields: Fields, path: Path, reading: ConfigReading): void {
	for (const field of Object.keys(fields).filter((key) => !readFields.has(key))) {
		reading.findings.dropped(field, l10n.t('A case has no place for it'), reading.lineOf([...path, field]));
	}
	const options = isRecord(fields['options']) ? fields['options'] : {};
	for (const field of Object.keys(options).filter((key) => !readOptions.has(key))) {
		const line = reading.lineOf([...path, 'options', field]);
		reading.findings.dropped(`options.${field}`, l10n.t('A case has no such option here'), line);
	}
}

/** Values may name other variables, which promptfoo fills in; here a value is inserted as it is. */
async function readVars(
	written: unknown,
	path: Path,
	reading: ConfigReading,
	inherited: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
	if (typeof written === 'string') {
		reading.findings.dropped(
			written,
			l10n.t('Variables from another file are not taken over'),
			reading.lineOf(path),
		);
	}
	const vars: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(isRecord(written) ? written : {})) {
		const line = reading.lineOf([...path, name]);
		const loaded =
			typeof value === 'string' && value.startsWith('file://') ? await loadVar(value, line, reading) : value;
		if (loaded !== undefined) {
			vars[name] = loaded;
		}
	}
	const known = Object.fromEntries(
		Object.entries({ ...inherited, ...vars }).filter(([, value]) => !Array.isArray(value)),
	);
	for (const [name, value] of Object.entries(vars)) {
		const line = reading.lineOf([...path, name]);
		vars[name] = Array.isArray(value)
			? value.map((item: unknown) => filled(item, name, known, line, reading))
			: filled(value, name, known, line, reading);
	}
	return vars;
}

async function loadVar(reference: string, line: number | undefined, reading: ConfigReading): Promise<unknown> {
	if (!/\.(?:txt|md|json|ya?ml|csv|html?|xml)$/i.test(reference)) {
		reading.findings.dropped(reference, l10n.t('Only files of text can be values, and programs are not run'), line);
		return undefined;
	}
	const text = await reading.readReference(reference, line);
	return text === undefined
		? undefined
		: /\.(?:json|ya?ml)$/i.test(reference)
			? reading.parse(text, reference)
			: text.trim();
}

function filled(
	value: unknown,
	name: string,
	known: Readonly<Record<string, unknown>>,
	line: number | undefined,
	reading: ConfigReading,
): unknown {
	if (typeof value !== 'string' || !value.includes('{{')) {
		return value;
	}
	const { [name]: _, ...others } = known;
	const rendered = renderTemplate(reading.template(value, line) as string, others);
	if ('text' in rendered) {
		if (rendered.text !== value) {
			reading.findings.changed(name, l10n.t('Variables in its value were filled in'), line);
		}
		return rendered.text;
	}
	reading.findings.kept(name, l10n.t('Its value has braces that could not be filled in: they are text'), line);
	return value;
}
