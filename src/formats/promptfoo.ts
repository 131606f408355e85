import * as l10n from '@vscode/l10n';
import type { Format, Imported, ImportedDraft } from './imported.ts';
import { brokenAt } from './reading/foreignFile.ts';
import { isRecord, listOf, scalarText, type Fields } from './reading/values.ts';
import { differences } from './promptfoo/differences.ts';
import { readModels, readPrompts, type FoundPrompt } from './promptfoo/prompts.ts';
import { ConfigReading } from './reading/configReading.ts';
import { readAssertions } from './promptfoo/assertions.ts';
import {
	readDefaults,
	readTest,
	testsOfFile,
	writtenTests,
	type ReadDefaults,
	type WrittenTest,
	type TakenNames,
} from './promptfoo/tests.ts';
import { readResults } from './promptfoo/results.ts';
import { suiteText, type SuiteCaseText, type SuiteDefaults } from './suiteText.ts';
import { variablesOf, type KnownVariable } from './template/variablesOf.ts';

const configName = /^promptfooconfig(?:\.[\w-]+)*\.(?:ya?ml|json|[cm]?[jt]s)$/i;
const readKeys = new Set([
	...[
		'description',
		'prompts',
		'providers',
		'targets',
		'tests',
		'defaultTest',
		'scenarios',
		'assertionTemplates',
		'$schema',
	],
]);

/** Configs, files of tests and results of promptfoo. Programs in them are not run. */
export const promptfoo: Format = {
	id: 'promptfoo',
	label: 'promptfoo (config, tests, results)',
	detect({ data, name, text }) {
		if (isRecord(data)) {
			if (isRecord(data['results']) && Array.isArray(data['results']['results'])) {
				return 0.9;
			}
			const tested = ['tests', 'scenarios', 'defaultTest', 'providers', 'targets'].some((key) => key in data);
			if (tested && 'prompts' in data) {
				return 0.9;
			}
		}
		if (Array.isArray(data) && data.some((one) => isRecord(one) && isRecord(one['vars']) && 'assert' in one)) {
			return 0.8;
		}
		if (/^[^\n]*\b__expected\d*\b/.test(text) && /\.csv$/i.test(name)) {
			return 0.9;
		}
		return configName.test(name) ? 0.4 : 0;
	},
	async read(file, folder) {
		if (/\.[cm]?[jt]s$/i.test(file.name)) {
			throw brokenAt(
				{ line: 1, column: 1 },
				l10n.t(
					'A config that is a program is not run. Import what it gives: run "promptfoo export" or write it as YAML',
				),
			);
		}
		if (/\.csv$/i.test(file.name)) {
			const reading = new ConfigReading(file, undefined, folder);
			return readConfig(reading, testsOfFile(file.text, file.name, reading));
		}
		const root = file.requireYaml();
		const reading = new ConfigReading(file, root, folder);
		if (root.kind === 'list') {
			const tests = listOf(root.value()).flatMap((fields, index): WrittenTest[] => {
				const line = file.lineAt(root.item(index)?.start ?? 0);
				return isRecord(fields) ? [{ fields, path: [line] }] : [];
			});
			return readConfig(reading, tests);
		}
		if (isRecord(reading.value['results'])) {
			const { config, tests } = readResults(reading.value, reading.findings);
			return readConfig(
				new ConfigReading(file, undefined, folder, { findings: reading.findings, value: config }),
				tests,
			);
		}
		return readConfig(reading);
	},
};

async function readConfig(reading: ConfigReading, given: readonly WrittenTest[] = []): Promise<Imported> {
	const { findings, value } = reading;
	for (const key of Object.keys(value).filter((one) => !readKeys.has(one))) {
		const note =
			key === 'env'
				? l10n.t('A file sets no environment, and so neither addresses nor keys')
				: l10n.t('It is a setting of promptfoo, or a program');
		const repeats = key === 'evaluateOptions' && isRecord(value[key]) && 'repeat' in value[key];
		findings.dropped(key, repeats ? l10n.t('Only its "repeat" is taken over') : note, reading.lineOf([key]));
	}
	const title = scalarText(value['description']) ?? (reading.file.stem || 'promptfoo');
	const prompts = await readPrompts(reading);
	const { models, maxTokens } = readModels(reading);
	const shared = await readDefaults(reading);
	const cases = await readCases(reading, shared, given);
	const drafts = prompts.map((prompt, index) => draftOf(prompt, prompts, index, title, shared.defaults.vars ?? {}));
	const suites = suitesOf(prompts, drafts, {
		title,
		models,
		cases,
		defaults: { ...shared.defaults, ...(maxTokens !== undefined && { maxTokens }) },
	});
	if (suites.length > 1) {
		findings.changed(title, l10n.t('Its prompts ask in different ways, so each way is a suite of its own'));
	}
	for (const { types, reason } of differences) {
		if (cases.length > 0 && (types.length === 0 || types.some((type) => reading.used.has(type)))) {
			findings.changed(
				types.length === 0 ? 'promptfoo' : types.filter((type) => reading.used.has(type)).join(', '),
				reason(),
			);
		}
	}
	return { format: 'promptfoo', drafts, suites, fixtures: [], report: findings.report() };
}

async function readCases(
	reading: ConfigReading,
	shared: ReadDefaults,
	given: readonly WrittenTest[],
): Promise<SuiteCaseText[]> {
	const tests = [
		...given,
		...(await writtenTests(reading.value['tests'], ['tests'], reading)),
		...(await scenarioTests(reading)),
	];
	// A transform or judge of a test holds for the assertions of the default too, which then stand in each case.
	const isInlined = tests.some(
		({ fields: { options } }) => isRecord(options) && overriding.some((key) => options[key] !== undefined),
	);
	const names: TakenNames = new Map();
	const cases: SuiteCaseText[] = [];
	if (isInlined) {
		delete shared.defaults.assert;
	}
	for (const test of tests) {
		const own: Fields = isRecord(test.fields['options']) ? test.fields['options'] : {};
		const inherited =
			isInlined && own['disableDefaultAsserts'] !== true
				? await readAssertions(shared.assert, ['defaultTest', 'assert'], reading.quiet(), {
						...shared.options,
						...own,
					})
				: [];
		cases.push(await readTest(test, shared, names, reading, inherited));
	}
	return cases;
}

const overriding = ['transform', 'provider', 'rubricPrompt', 'disableDefaultAsserts'];

/** Each configuration of a scenario with each of its tests. */
async function scenarioTests(reading: ConfigReading): Promise<WrittenTest[]> {
	const tests: WrittenTest[] = [];
	const scenarios = await writtenTests(reading.value['scenarios'], ['scenarios'], reading);
	for (const { fields, path } of scenarios) {
		const configs = await writtenTests(fields['config'], [...path, 'config'], reading);
		const own = await writtenTests(fields['tests'], [...path, 'tests'], reading);
		for (const { fields: config } of configs) {
			for (const test of own) {
				tests.push({
					path: test.path,
					fields: {
						...config,
						...test.fields,
						vars: { ...asFields(config['vars']), ...asFields(test.fields['vars']) },
						assert: [...listOf(config['assert']), ...listOf(test.fields['assert'])],
						metadata: { ...asFields(config['metadata']), ...asFields(test.fields['metadata']) },
					},
				});
			}
		}
	}
	return tests;
}

function asFields(value: unknown): Fields {
	return isRecord(value) ? value : {};
}

function draftOf(
	prompt: FoundPrompt,
	all: readonly FoundPrompt[],
	index: number,
	title: string,
	vars: Readonly<Record<string, unknown>>,
): ImportedDraft {
	const { text, promptRole, query, messages = [] } = prompt;
	const texts = [text, query ?? '', ...messages.map(({ content }) => content)];
	const used = new Set(variablesOf(texts).map(({ name }) => name));
	const known = Object.entries(vars).filter(([name, value]) => used.has(name) && !Array.isArray(value));
	const same = all.filter(({ name }) => name === prompt.name).length > 1;
	const name =
		prompt.name === ''
			? all.length === 1
				? title
				: `${title} ${index + 1}`
			: same
				? `${prompt.name} ${index + 1}`
				: prompt.name;
	return {
		name,
		text,
		kind: 'assistant',
		variables: variablesOf(
			texts,
			Object.fromEntries(known.map(([key, value]): [string, KnownVariable] => [key, { default: value }])),
		),
		tools: [],
		promptRole,
		...(query !== undefined && { questions: [query] }),
	};
}

interface SuiteParts {
	title: string;
	models: string[];
	cases: SuiteCaseText[];
	defaults: SuiteDefaults;
}

/** One suite for all prompts that ask the same after their text. */
function suitesOf(
	prompts: readonly FoundPrompt[],
	drafts: readonly ImportedDraft[],
	{ title, models, cases, defaults }: SuiteParts,
): Imported['suites'] {
	if (cases.length === 0) {
		return [];
	}
	const ways = new Map<string, { asked: SuiteDefaults; names: string[] }>();
	for (const [index, { query, messages }] of prompts.entries()) {
		const asked = { ...(query !== undefined && { query }), ...(messages && { messages }) };
		const key = JSON.stringify(asked);
		const way = ways.get(key) ?? { asked, names: [] as string[] };
		way.names.push(`draft:${drafts[index]?.name ?? ''}`);
		ways.set(key, way);
	}
	const all = ways.size === 0 ? [{ asked: {}, names: [] }] : [...ways.values()];
	return all.map(({ asked, names }, index) => {
		const shared = { ...defaults, ...asked };
		const text = suiteText({
			description: title,
			...(names.length > 0 && { prompt: names.length === 1 ? (names[0] ?? '') : names }),
			...(models.length > 0 && { models }),
			...(Object.keys(shared).length > 0 && { defaults: shared }),
			cases,
		});
		return { name: all.length === 1 ? title : `${title} ${index + 1}`, text };
	});
}
