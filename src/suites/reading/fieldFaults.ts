import * as l10n from '@vscode/l10n';
import type { ErrorObject } from 'ajv';
import { visibleLine } from '../../common/visibleText.ts';
import type { Located, Path } from './located.ts';
import { nearestName } from '../../common/nearestName.ts';

/** Reports what a schema found wrong with the part of a located value at `base`, in words of the file. */
export function reportFaults(errors: readonly ErrorObject[], base: Path, located: Located): void {
	const bySchema: Located = {
		...located,
		report: (place, message) => located.report(place, message, { bySchema: true }),
	};
	for (const error of errors) {
		reportFault(error, [...base, ...pathOf(error.instancePath, valueAt(located.value, base))], bySchema);
	}
}

function reportFault(
	{ keyword, params, parentSchema, message, data }: ErrorObject,
	path: Path,
	located: Located,
): void {
	const at = { path };
	const field = fieldOf(path);
	const schema = parentSchema as { properties?: object; description?: string } | undefined;
	switch (keyword) {
		case 'additionalProperties': {
			const name = String(params['additionalProperty']);
			located.report(
				{ path: [...path, name], atKey: true },
				unknownField(name, Object.keys(schema?.properties ?? {})),
			);
			return;
		}
		case 'required':
			located.report(at, l10n.t('"{0}" is missing here', String(params['missingProperty'])));
			return;
		case 'type':
			located.report(at, wrongType(path, params['type'] as string | string[], data));
			return;
		case 'enum': {
			const words = (params['allowedValues'] as unknown[]).map(String);
			located.report(at, l10n.t('There is no {0} "{1}". Use one of {2}', field, shown(data), words.join(', ')));
			return;
		}
		case 'minimum':
			located.report(at, l10n.t('"{0}" must be at least {1}', field, String(params['limit'])));
			return;
		case 'exclusiveMinimum':
			located.report(at, l10n.t('"{0}" must be more than {1}', field, String(params['limit'])));
			return;
		case 'maximum':
			located.report(at, l10n.t('"{0}" must be at most {1}', field, String(params['limit'])));
			return;
		case 'minItems':
		case 'minLength':
		case 'minProperties':
			located.report(at, l10n.t('"{0}" must not be empty', field));
			return;
		// The error of the branch that was chosen is there too.
		case 'if':
			return;
		default:
			located.report(
				at,
				l10n.t('"{0}" is not as it must be: {1}', field, schema?.description ?? message ?? keyword),
			);
	}
}

/** The sentence about a field that does not exist, with the one that was probably meant. */
export function unknownField(name: string, known: readonly string[]): string {
	const near = nearestName(name, known);
	const fields = known.join(', ');
	return near === undefined
		? l10n.t('There is no field "{0}" here. The fields are {1}', visibleLine(name, 60), fields)
		: l10n.t(
				'There is no field "{0}" here. Did you mean "{1}"? The fields are {2}',
				visibleLine(name, 60),
				near,
				fields,
			);
}

function wrongType(path: Path, type: string | string[], data: unknown): string {
	const types = [type].flat();
	const wanted = types.map(typeWord).join(l10n.t(' or '));
	const isItem = typeof path.at(-1) === 'number';
	const sentence = isItem
		? l10n.t('Each item of "{0}" must be {1}', fieldOf(path), wanted)
		: l10n.t('"{0}" must be {1}', fieldOf(path), wanted);
	const isUnquoted = types.includes('string') && (typeof data === 'number' || typeof data === 'boolean');
	return isUnquoted ? l10n.t('{0}. Put it in quotation marks', sentence) : sentence;
}

/** A type of JSON Schema in the words of the messages. */
function typeWord(type: string): string {
	switch (type) {
		case 'string':
			return l10n.t('text');
		case 'number':
			return l10n.t('a number');
		case 'integer':
			return l10n.t('a whole number');
		case 'boolean':
			return l10n.t('true or false');
		case 'array':
			return l10n.t('a list');
		case 'null':
			return l10n.t('empty');
		default:
			return l10n.t('fields with values');
	}
}

function fieldOf(path: Path): string {
	return path.findLast((step) => typeof step === 'string') ?? l10n.t('this');
}

function shown(value: unknown): string {
	return visibleLine(typeof value === 'string' ? value : JSON.stringify(value), 60);
}

/** The steps of a JSON pointer into a value. */
function pathOf(pointer: string, value: unknown): Path {
	let current = value;
	return pointer
		.split('/')
		.slice(1)
		.map((step) => {
			const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
			const typed = Array.isArray(current) ? Number(key) : key;
			current = childOf(current, typed);
			return typed;
		});
}

export function valueAt(value: unknown, path: Path): unknown {
	return path.reduce<unknown>(childOf, value);
}

function childOf(value: unknown, key: string | number): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? (value as Record<string | number, unknown>)[key]
		: undefined;
}
