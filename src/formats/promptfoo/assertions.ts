import * as l10n from '@vscode/l10n';
import { graderTypes } from '../../common/graderTypes.ts';
import { typeAliases } from '../caseFiles/promptfooTypes.ts';
import { isRecord, listOf, type Fields } from '../reading/values.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { modelOf } from './models.ts';
import type { ConfigReading } from '../reading/configReading.ts';

const known: ReadonlySet<string> = new Set(graderTypes);
const read = new Set([
	'type',
	'value',
	'threshold',
	'weight',
	'metric',
	'transform',
	'provider',
	'rubricPrompt',
	'assert',
]);
/** What these say does not depend on the text of the answer, so that no transform is needed. */
const textless = new Set(['latency', 'cost', 'finish-reason']);

/** Assertions of promptfoo in our form. Those that no grader decides are named with their line and left out. */
export async function readAssertions(
	written: unknown,
	path: readonly (string | number)[],
	reading: ConfigReading,
	options: Fields = {},
): Promise<SuiteAssertion[]> {
	const assertions: SuiteAssertion[] = [];
	for (const [index, entry] of listOf(written).entries()) {
		const one = await readAssertion(reading.resolve(entry), [...path, index], reading, options);
		if (one) {
			assertions.push(one);
		}
	}
	return assertions;
}

async function readAssertion(
	written: unknown,
	path: readonly (string | number)[],
	reading: ConfigReading,
	options: Fields,
): Promise<SuiteAssertion | undefined> {
	const { findings } = reading;
	const line = reading.lineOf(path);
	if (!isRecord(written) || typeof written['type'] !== 'string') {
		findings.dropped(l10n.t('an assertion'), l10n.t('It has no type'), line);
		return undefined;
	}
	const negation = written['type'].startsWith('not-') ? 'not-' : '';
	const named = written['type'].slice(negation.length);
	const type = known.has(named) ? named : (typeAliases[named] ?? named);
	const dropped = (note: string) => {
		findings.dropped(written['type'] as string, note, line);
		return undefined;
	};
	if (!known.has(type) || (type === 'assert-set' && negation !== '')) {
		return dropped(l10n.t('Such an assertion is not supported here, so that the case is graded without it'));
	}
	for (const field of Object.keys(written).filter((key) => !read.has(key))) {
		findings.dropped(`${named}: ${field}`, l10n.t('An assertion has no such field here'), line);
	}
	const common = commonOf(written, line, reading);
	if (type === 'assert-set') {
		const assert = await readAssertions(written['assert'], [...path, 'assert'], reading, options);
		return assert.length === 0
			? dropped(l10n.t('No assertion of the set can be used'))
			: { type, ...common, assert };
	}
	let { value } = written;
	if (typeof value === 'string' && value.startsWith('file://')) {
		const isCode = type === 'javascript' || /\.(?:[cm]?[jt]s|py|rb)(?::\w+)?$/.test(value);
		const text = isCode ? undefined : await reading.readReference(value, line);
		if (text === undefined) {
			return isCode
				? dropped(l10n.t('Code from a file ({0}) is not run: write it into the suite', value))
				: undefined;
		}
		value = /\.(?:json|ya?ml)$/i.test(value) ? reading.parse(text, value) : text;
	}
	reading.used.add(type);
	const ownProvider = written['provider'] ?? options['provider'];
	const provider = reading.judged(type) ? judgeOf(ownProvider, line, reading) : undefined;
	const rubricPrompt = reading.judged(type)
		? rubricOf(written['rubricPrompt'] ?? options['rubricPrompt'], line, reading)
		: undefined;
	const transform = textless.has(type)
		? undefined
		: transformOf(written['transform'], options['transform'], line, reading);
	return {
		type: negation + type,
		...(value !== undefined && {
			value: reading.template(value, line),
		}),
		...common,
		...(transform !== undefined && { transform }),
		...(provider !== undefined && { provider }),
		...(rubricPrompt !== undefined && { rubricPrompt }),
	};
}

function commonOf(
	{ threshold, weight, metric }: Fields,
	line: number | undefined,
	{ findings }: ConfigReading,
): Pick<SuiteAssertion, 'threshold' | 'weight' | 'metric'> {
	if (threshold !== undefined && typeof threshold !== 'number') {
		findings.dropped('threshold', l10n.t('It is not a number'), line);
	}
	return {
		...(typeof threshold === 'number' && { threshold }),
		...(typeof weight === 'number' && weight >= 0 && { weight }),
		...(typeof metric === 'string' && { metric }),
	};
}

function judgeOf(provider: unknown, line: number | undefined, { findings }: ConfigReading): string | undefined {
	if (provider === undefined) {
		return undefined;
	}
	const id = isRecord(provider) ? (provider['id'] ?? provider['text']) : provider;
	const model = typeof id === 'string' ? modelOf(id) : undefined;
	if (model === undefined || isRecord(provider)) {
		findings.dropped(
			typeof id === 'string' ? id : 'provider',
			model === undefined
				? l10n.t('This judge is not reached here: the judge of the settings decides')
				: l10n.t('Settings of a judge are not taken from a file'),
			line,
		);
	}
	return model;
}

function rubricOf(written: unknown, line: number | undefined, reading: ConfigReading): string | undefined {
	if (written === undefined) {
		return undefined;
	}
	if (typeof written !== 'string' || written.startsWith('file://') || /^\s*[[{]/.test(written)) {
		reading.findings.dropped(
			'rubricPrompt',
			l10n.t('Only a text can be the request to a judge: the usual one is used'),
			line,
		);
		return undefined;
	}
	return reading.template(written, line) as string;
}

/** First the transform of the test, then that of the assertion. */
function transformOf(
	own: unknown,
	first: unknown,
	line: number | undefined,
	{ findings }: ConfigReading,
): string | undefined {
	const [inner, outer] = [first, own].map((code) =>
		typeof code === 'string' && code.trim() !== '' ? code : undefined,
	);
	for (const code of [inner, outer]) {
		if (code?.startsWith('file://')) {
			findings.dropped(
				'transform',
				l10n.t('Code from a file ({0}) is not run: write it into the suite', code),
				line,
			);
			return undefined;
		}
	}
	if (inner === undefined || outer === undefined) {
		return outer ?? inner;
	}
	if (inner.includes('\n') || outer.includes('\n')) {
		findings.dropped(
			'transform',
			l10n.t('Two transforms of several lines cannot be joined: that of the test is left out'),
			line,
		);
		return outer;
	}
	return `((output) => (${outer.replace(/;\s*$/, '')}))(${inner.replace(/;\s*$/, '')})`;
}
