import * as l10n from '@vscode/l10n';
import type { Findings } from './findings.ts';
import { isRecord, type Fields } from './values.ts';

const forbidden =
	/url|uri|host|header|key|endpoint|proxy|secret|password|credential|authorization|connection|deployment|api_version/i;

/** Settings of a model without addresses, headers and keys, which are never taken from a file, and without `${env:…}`. */
export function safeParameters(
	written: unknown,
	findings: Findings,
	line?: number,
): { parameters?: Record<string, unknown> } {
	const kept = Object.entries(isRecord(written) ? written : {}).filter(([name, value]) => {
		if (forbidden.test(name) || /\$\{(?:env|file)\s*:/i.test(JSON.stringify(value ?? null))) {
			findings.dropped(name, l10n.t('An address, header or key is never taken from a file'), line);
			return false;
		}
		return true;
	});
	return kept.length === 0 ? {} : { parameters: Object.fromEntries(kept) };
}

/** Fields without place, kept for an export to the same format and named. */
export function originOf(
	format: string,
	fields: Fields,
	read: ReadonlySet<string>,
	findings: Findings,
	lineOf: (field: string) => number | undefined,
): { origin?: { format: string; fields: Fields } } {
	const others = Object.entries(fields).filter(([field]) => !read.has(field));
	for (const [field] of others) {
		findings.kept(
			field,
			l10n.t('It has no meaning here, and an export to the same format writes it again'),
			lineOf(field),
		);
	}
	return others.length === 0 ? {} : { origin: { format, fields: Object.fromEntries(others) } };
}
