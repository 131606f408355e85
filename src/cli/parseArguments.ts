import * as l10n from '@vscode/l10n';
import { parseArgs } from 'node:util';
import { nearestName } from '../common/nearestName.ts';
import type { OptionSpec } from './optionSpec.ts';
import { usageError } from './usageError.ts';

/** The options and operands of a command line, as they were written. */
export interface Arguments {
	operands: string[];
	/** Whether a switch was given. */
	has(name: string): boolean;
	/** The value of an option; undefined if it was not given. */
	one(name: string): string | undefined;
	/** The values of an option that may be repeated. */
	all(name: string): string[];
}

/**
 * Reads what follows the name of a command. Throws a usage error for an option that is unknown, has no value, has one that it
 * does not take, or is given twice.
 */
export function parseArguments(written: readonly string[], options: readonly OptionSpec[]): Arguments {
	const { tokens } = parseArgs({
		args: [...written],
		options: Object.fromEntries(
			options.map(({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' }] as const),
		),
		allowPositionals: true,
		// The errors of strict parsing are Node's; these say what is meant.
		strict: false,
		tokens: true,
	});
	const operands: string[] = [];
	const given = new Map<string, string[]>();
	for (const token of tokens) {
		if (token.kind === 'positional') {
			operands.push(token.value);
		} else if (token.kind === 'option') {
			const spec = options.find(({ name }) => name === token.name);
			const values = given.get(token.name) ?? [];
			requireFit(token, spec, values, options);
			given.set(token.name, [...values, token.value ?? '']);
		}
	}
	return {
		operands,
		has: (name) => given.has(name),
		one: (name) => given.get(name)?.[0],
		all: (name) => given.get(name) ?? [],
	};
}

function requireFit(
	{ rawName, value, inlineValue }: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
	spec: OptionSpec | undefined,
	before: readonly string[],
	options: readonly OptionSpec[],
): void {
	if (!spec) {
		const near = nearestName(
			rawName.replace(/^-+/, ''),
			options.map(({ name }) => name),
		);
		throw usageError(
			near === undefined
				? l10n.t('There is no option {0}', rawName)
				: l10n.t('There is no option {0}. Did you mean --{1}?', rawName, near),
		);
	}
	if (spec.value === undefined && value !== undefined) {
		throw usageError(l10n.t('{0} takes no value', rawName));
	}
	// An option that stands where the value should be is not meant as one.
	const isMissing = value === undefined || value === '' || (inlineValue === false && value.startsWith('--'));
	if (spec.value !== undefined && isMissing) {
		throw usageError(l10n.t('{0} needs a value: {0} {1}', rawName, spec.value));
	}
	if (before.length > 0 && !spec.multiple) {
		throw usageError(l10n.t('{0} is there twice; give it once', rawName));
	}
}
