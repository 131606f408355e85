import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../common/visibleText.ts';
import type { Assertion } from '../suite.ts';
import { checkTemplates, hasTags } from './checkTemplates.ts';
import type { FieldChecker } from './fieldChecker.ts';
import { reportFaults } from './fieldFaults.ts';
import { graderOptions } from './fields.ts';
import type { Located, Path } from './located.ts';
import { nearestName } from '../../common/nearestName.ts';
import { typeAliases, unsupportedTypes } from '../../formats/caseFiles/promptfooTypes.ts';

/** An assertion as it is written, after its fields were checked. */
export interface WrittenAssertion {
	type: string;
	value?: unknown;
	threshold?: number;
	weight?: number;
	metric?: string;
	transform?: string;
	provider?: string;
	assert?: WrittenAssertion[];
	[option: string]: unknown;
}

/** Reads the assertions at `path`, whose fields were checked. Those that no grader can check are reported and skipped. */
export function readAssertions(
	written: readonly WrittenAssertion[],
	path: Path,
	located: Located,
	checker: FieldChecker,
): Assertion[] {
	const read = written.flatMap((assertion, index) => {
		const own = [...path, index];
		if (assertion.type === 'assert-set' || assertion.type === 'not-assert-set') {
			return readSet(assertion, own, located, checker) ?? [];
		}
		return readAssertion(assertion, own, located, checker) ?? [];
	});
	// A list that grew has room for sixteen more; 100,000 cases have one each.
	return read.slice();
}

function readSet(
	written: WrittenAssertion,
	path: Path,
	located: Located,
	checker: FieldChecker,
): Assertion | undefined {
	const { assert, value } = written;
	if (written.type !== 'assert-set') {
		located.report(
			{ path: [...path, 'type'] },
			l10n.t('A set of assertions cannot be negated: negate its members'),
		);
		return undefined;
	}
	if (!assert) {
		located.report({ path }, l10n.t('A set needs "assert", the list of its assertions'));
		return undefined;
	}
	if (value !== undefined) {
		located.report({ path: [...path, 'value'], atKey: true }, l10n.t('A set has no value, only assertions'));
		return undefined;
	}
	const inner = assert.findIndex(({ type }) => type === 'assert-set');
	if (inner >= 0) {
		const message = l10n.t('A set of assertions cannot stand in another one');
		located.report({ path: [...path, 'assert', inner] }, message);
		return undefined;
	}
	const members = readAssertions(assert, [...path, 'assert'], located, checker);
	return { ...commonOf(written, path, located), type: 'assert-set', negate: false, members };
}

function readAssertion(
	written: WrittenAssertion,
	path: Path,
	located: Located,
	checker: FieldChecker,
): Assertion | undefined {
	const negate = written.type.startsWith('not-');
	const named = negate ? written.type.slice(4) : written.type;
	const type = checker.graders.has(named) ? named : (typeAliases[named] ?? named);
	const grader = checker.graders.get(type);
	if (!grader) {
		located.report({ path: [...path, 'type'] }, unknownType(named, checker));
		return undefined;
	}
	if (written.assert) {
		const message = l10n.t('Only an "assert-set" has assertions of its own');
		located.report({ path: [...path, 'assert'], atKey: true }, message);
		return undefined;
	}
	const { value } = written;
	if (grader.value === undefined) {
		if (value !== undefined) {
			const message = l10n.t('"{0}" takes no value: this one has no effect', type);
			located.report({ path: [...path, 'value'], atKey: true }, message, { severity: 'warning' });
		}
	} else if (value === undefined) {
		if (!grader.valueOptional) {
			located.report({ path }, l10n.t('"{0}" needs a value', type));
			return undefined;
		}
	} else {
		checkValue(type, value, [...path, 'value'], located, checker);
	}
	if (written.threshold !== undefined && grader.threshold === undefined) {
		const message = l10n.t('"{0}" has no threshold: this one has no effect', type);
		located.report({ path: [...path, 'threshold'], atKey: true }, message, { severity: 'warning' });
	}
	return { ...commonOf(written, path, located), type, negate, ...(value !== undefined && { value }) };
}

function checkValue(type: string, value: unknown, path: Path, located: Located, checker: FieldChecker): void {
	checkTemplates(value, path, located);
	const errors = checker.valueErrors(type, value);
	if (errors.length === 0 || hasTags(value)) {
		return;
	}
	const alternatives = errors.find(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
	if (!alternatives) {
		reportFaults(errors, path, located);
		return;
	}
	// What is wrong inside the form that was chosen says more than the list of forms.
	const deeper = errors.filter(
		({ instancePath, keyword }) => instancePath !== '' || keyword === 'additionalProperties',
	);
	if (deeper.length > 0) {
		reportFaults(deeper, path, located);
	} else {
		const description: unknown = checker.graders.get(type)?.value?.['description'];
		const expected = typeof description === 'string' ? description : '';
		located.report({ path }, l10n.t('"{0}" does not take this value. {1}', type, expected).trimEnd());
	}
}

function unknownType(named: string, { graders }: FieldChecker): string {
	const shown = visibleLine(named, 60);
	if (unsupportedTypes.has(named)) {
		return l10n.t('Assertions of the type "{0}" are promptfoo\'s and are not supported here', shown);
	}
	const near = nearestName(named, [...graders.keys()]);
	const known = [...graders.keys()].join(', ');
	return near === undefined
		? l10n.t('There is no assertion "{0}". The types are {1}', shown, known)
		: l10n.t('There is no assertion "{0}". Did you mean "{1}"? The types are {2}', shown, near, known);
}

/** The fields that are the same for all types. */
function commonOf(written: WrittenAssertion, path: Path, located: Located): Omit<Assertion, 'type' | 'negate'> {
	const { threshold, weight = 1, metric, transform, provider } = written;
	const options = Object.entries(written).filter(([name]) => Object.hasOwn(graderOptions, name));
	return {
		weight,
		line: located.positionOf({ path }).line,
		...(threshold !== undefined && { threshold }),
		...(metric !== undefined && { metric }),
		...(transform !== undefined && { transform }),
		...(provider !== undefined && { provider }),
		...(options.length > 0 && { options: Object.fromEntries(options) }),
	};
}
