import * as l10n from '@vscode/l10n';
import type { Findings } from './findings.ts';
import { isRecord, type Fields } from './values.ts';

/** Settings of how a model answers; all others could say where it is reached. */
const known =
	/^(?:temperature|top_?[pk]|min_?p|max_?(?:output_?|completion_?|new_?)?tokens|seed|stop|stop_?sequences|(?:frequency|presence|repetition)_?penalty|thinking|reasoning|reasoning_?effort|verbosity|response_?format|candidate_?count|version|text|n)$/i;
const address =
	/^(?:.*(?:api|access|secret|private)_?key|.*headers?|.*(?:base|api|end|host)_?(?:url|uri|point|base|host)|url|uri|host|proxy|authorization|connection|credentials?|password|token|env)$/i;

function isOutside(value: unknown): boolean {
	return /:\/\/|\$\{(?:env|file)\s*:/i.test(JSON.stringify(value ?? null));
}

/** Settings of a model without addresses, headers and keys, which are never taken from a file. */
export function safeParameters(
	written: unknown,
	findings: Findings,
	line?: number,
): { parameters?: Record<string, unknown> } {
	const kept = Object.entries(isRecord(written) ? written : {}).filter(([name, value]) => {
		const isKept = known.test(name) && !isOutside(value);
		if (!isKept) {
			const isAddress = address.test(name) || isOutside(value);
			findings.dropped(
				name,
				isAddress
					? l10n.t('An address, header or key is never taken from a file')
					: l10n.t('It is no setting of an answer that is known here'),
				line,
			);
		}
		return isKept;
	});
	return kept.length === 0 ? {} : { parameters: Object.fromEntries(kept) };
}

/** Fields without a place here, kept for an export to the same format and named. Addresses, headers and keys are left out at any depth. */
export function originOf(
	format: string,
	fields: Fields,
	read: ReadonlySet<string>,
	findings: Findings,
	lineOf: (field: string) => number | undefined,
): { origin?: { format: string; fields: Fields } } {
	const others = Object.entries(fields).filter(([field]) => !read.has(field));
	const kept: Fields = {};
	for (const [field, value] of others) {
		if (address.test(field)) {
			findings.dropped(field, l10n.t('An address, header or key is never taken from a file'), lineOf(field));
		} else {
			kept[field] = withoutAddresses(value, field, findings, lineOf(field));
			findings.kept(
				field,
				l10n.t('It has no meaning here, and an export to the same format writes it again'),
				lineOf(field),
			);
		}
	}
	return Object.keys(kept).length === 0 ? {} : { origin: { format, fields: kept } };
}

function withoutAddresses(value: unknown, place: string, findings: Findings, line: number | undefined): unknown {
	if (Array.isArray(value)) {
		return value.map((item) => withoutAddresses(item, place, findings, line));
	}
	if (!isRecord(value)) {
		return value;
	}
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, item]) => {
			if (address.test(name)) {
				findings.dropped(
					`${place}.${name}`,
					l10n.t('An address, header or key is never taken from a file'),
					line,
				);
				return [];
			}
			return [[name, withoutAddresses(item, `${place}.${name}`, findings, line)]];
		}),
	);
}
