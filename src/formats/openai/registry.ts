import * as l10n from '@vscode/l10n';
import type { ImportedDraft } from '../imported.ts';
import { contentText } from '../messages/promptOfMessages.ts';
import { samplesSuite, type Sample } from '../messages/samples.ts';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, textsOf } from '../reading/values.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { asLiteral } from '../template/literal.ts';

/**
 * Samples of the openai/evals registry. Which class grades them stands in another file, so they are read as `Match`: the
 * answer starts with one of the ideal texts.
 */
export function readRegistry(
	rows: Iterable<{ value: unknown; line: number }>,
	name: string,
	findings: Findings,
): { drafts: ImportedDraft[]; suites: { name: string; text: string }[] } {
	const samples: Sample[] = [];
	for (const { value, line } of rows) {
		const row = isRecord(value) ? value : {};
		const input =
			typeof row['input'] === 'string' ? [{ role: 'user', content: row['input'] }] : recordsOf(row['input']);
		const ideal = textsOf(row['ideal']);
		samples.push({
			line,
			messages: input.map(({ role, content }) => ({
				role: scalarText(role) ?? '',
				content: contentText(content, findings, line),
				line,
			})),
			own: { name: String(samples.length + 1), ...(ideal.length > 0 && { assert: [matching(ideal)] }) },
		});
	}
	findings.changed(
		'ideal',
		l10n.t(
			'The class of the eval stands in another file: an answer passes if it starts with an ideal text, as "Match" says',
		),
	);
	return samplesSuite(samples, name, findings);
}

function matching(ideal: readonly string[]): SuiteAssertion {
	const [only = '', ...more] = ideal;
	return more.length === 0
		? { type: 'starts-with', value: asLiteral(only) }
		: {
				type: 'regex',
				value: asLiteral(`^(?:${ideal.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})`),
			};
}
