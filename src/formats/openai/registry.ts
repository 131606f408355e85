import * as l10n from '@vscode/l10n';
import { contentText, promptOfMessages } from '../messages/promptOfMessages.ts';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { isRecord, recordsOf, scalarText, textsOf } from '../reading/values.ts';
import { suiteText, type SuiteAssertion, type SuiteCaseText } from '../suiteText.ts';
import { asLiteral } from '../template/literal.ts';

/**
 * Samples of the openai/evals registry. Which class grades them stands in another file, so they are read as `Match`: the
 * answer starts with one of the ideal texts. System messages that differ become the variable of one draft.
 */
export function readRegistry(
	rows: Iterable<{ value: unknown; line: number }>,
	name: string,
	findings: Findings,
): { drafts: ImportedDraft[]; suites: { name: string; text: string }[] } {
	const read: { system: string; own: SuiteCaseText }[] = [];
	for (const { value, line } of rows) {
		const row = isRecord(value) ? value : {};
		const input =
			typeof row['input'] === 'string' ? [{ role: 'user', content: row['input'] }] : recordsOf(row['input']);
		const messages = input.map(({ role, content }) => ({
			role: scalarText(role) ?? '',
			content: contentText(content, findings, line),
			line,
		}));
		const prompt = promptOfMessages(messages, findings);
		const ideal = textsOf(row['ideal']);
		if (!prompt) {
			findings.dropped(l10n.t('the line'), l10n.t('It asks nothing'), line);
			continue;
		}
		const isSystem = prompt.promptRole === 'system';
		const rest =
			prompt.messages ?? (prompt.query === undefined ? [] : [{ role: 'user' as const, content: prompt.query }]);
		const asked = (isSystem ? rest : [{ role: 'user' as const, content: prompt.text }, ...rest]).map(
			({ role, content }) => ({
				role,
				content: asLiteral(content),
			}),
		);
		const [only, ...more] = asked;
		if (!only) {
			findings.dropped(l10n.t('the line'), l10n.t('It asks nothing'), line);
			continue;
		}
		read.push({
			system: isSystem ? prompt.text : '',
			own: {
				name: String(read.length + 1),
				...(more.length === 0 ? { query: only.content } : { messages: asked }),
				...(ideal.length > 0 && { assert: [matching(ideal)] }),
			},
		});
	}
	findings.changed(
		'ideal',
		l10n.t(
			'The class of the eval stands in another file: an answer passes if it starts with an ideal text, as "Match" says',
		),
	);
	const systems = new Set(read.map(({ system }) => system));
	const [shared = ''] = systems;
	const text = systems.size === 1 ? asLiteral(shared) : '{{system}}';
	const cases = read.map(({ system, own }) => (systems.size === 1 ? own : { ...own, vars: { system } }));
	const drafts: ImportedDraft[] =
		text.trim() === ''
			? []
			: [
					{
						name,
						text,
						kind: 'assistant',
						variables: systems.size === 1 ? [] : [{ name: 'system', type: 'text' }],
						tools: [],
						promptRole: 'system',
					},
				];
	if (systems.size > 1) {
		findings.changed(
			'system',
			l10n.t('The samples have different system messages, which are a variable of one draft'),
		);
	}
	return {
		drafts,
		suites:
			cases.length === 0
				? []
				: [{ name, text: suiteText({ ...(drafts.length > 0 && { prompt: `draft:${name}` }), cases }) }],
	};
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
