import * as l10n from '@vscode/l10n';
import { isAppError } from '../../common/errors.ts';
import type { Folder } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { parseJsonText } from '../reading/foreignFile.ts';
import { insideFolder } from '../reading/insideFolder.ts';
import { isRecord, recordsOf, scalarText, textsOf, type Fields } from '../reading/values.ts';
import { linePositions } from '../source/linePositions.ts';
import type { KnownVariable } from '../template/variablesOf.ts';

interface Reading {
	folder: Folder;
	/** The path of the file that refers. */
	from: string;
	findings: Findings;
	line: number | undefined;
}

/** Inputs of version 2 (a list with `kind` and `default`) and 1 (a map with `type`, `sample` or `default`), and the sample. */
export async function promptyInputs(
	inputs: unknown,
	sample: unknown,
	reading: Reading,
): Promise<{ known: Record<string, KnownVariable>; sample: Fields }> {
	const known: Record<string, KnownVariable> = {};
	const values: Fields = {};
	const entries = Array.isArray(inputs)
		? recordsOf(inputs).map((input) => [scalarText(input['name']) ?? '', input] as const)
		: Object.entries(isRecord(inputs) ? inputs : {});
	for (const [name, written] of entries) {
		const input: Fields = isRecord(written) ? written : { default: written };
		const value = await resolved(input['default'] ?? undefined, reading);
		const example = await resolved(input['sample'] ?? input['example'], reading);
		const note = scalarText(input['description']);
		const choices = textsOf(input['enumValues'] ?? input['enum']);
		known[name] = {
			...typeOf(scalarText(input['kind'] ?? input['type'])),
			...(value !== undefined && { default: value }),
			...(choices.length > 0 && { choices }),
			...(note !== undefined && { note }),
		};
		if (example !== undefined) {
			values[name] = example;
		}
	}
	const own = await resolved(sample, reading);
	return { known, sample: { ...values, ...(isRecord(own) ? own : {}) } };
}

function typeOf(kind: string | undefined): KnownVariable {
	switch (kind) {
		case 'integer':
		case 'float':
		case 'number':
			return { type: 'number' };
		case 'object':
		case 'array':
		case 'list':
		case 'boolean':
			return { type: 'json' };
		default:
			return {};
	}
}

/** A value, or the content of the file that it names; `${env:…}` is not read. */
async function resolved(value: unknown, { folder, from, findings, line }: Reading): Promise<unknown> {
	if (typeof value !== 'string') {
		return value;
	}
	if (/^\$\{env\s*:/i.test(value)) {
		findings.dropped(value, l10n.t('Variables of the environment are not read'), line);
		return undefined;
	}
	const path = /^\$\{file\s*:\s*([^}]+)\}$/i.exec(value)?.[1]?.trim();
	if (path === undefined) {
		return value;
	}
	try {
		const text = await folder.read(insideFolder(path, from));
		return /\.json$/i.test(path) ? parseJsonText(text, linePositions(text)) : text;
	} catch (thrown) {
		if (isAppError(thrown)) {
			findings.dropped(value, l10n.t('This file cannot be read: {0}', thrown.message), line);
			return undefined;
		}
		throw thrown;
	}
}
