import * as l10n from '@vscode/l10n';
import { renderTemplate } from '../../prompts/variables/renderTemplate.ts';
import { fileName } from '../writing/fileName.ts';
import { variableDefault } from '../writing/variableDefault.ts';
import { writtenSuite } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

/** The cases as a data set of Inspect, with their variables filled in. */
export const inspect: Writer = {
	id: 'inspect',
	label: 'Inspect AI data set (JSON Lines)',
	parts: ['cases'],
	write({ draft, suites }, findings) {
		const suite = writtenSuite(suites);
		const defaults = Object.fromEntries(
			draft.variables.flatMap((one) => (one.default === undefined ? [] : [[one.name, variableDefault(one)]])),
		);
		const rows = (suite?.cases ?? []).flatMap((one, index) => {
			const id = one.name ?? String(index + 1);
			const values = {
				...defaults,
				...suite?.defaults.vars,
				...one.vars,
				...(one.expected !== undefined && { expected: one.expected }),
			};
			const query = one.query ?? (one.messages ? undefined : suite?.defaults.query);
			const asked =
				query === undefined
					? (one.messages ?? suite?.defaults.messages ?? [])
					: [{ role: 'user', content: query }];
			const rendered = [{ role: draft.promptRole, content: draft.text }, ...asked].map(({ role, content }) => ({
				role,
				read: renderTemplate(content, values),
			}));
			const input = rendered.flatMap(({ role, read }) => ('text' in read ? [{ role, content: read.text }] : []));
			if (input.length < rendered.length) {
				findings.dropped(id, l10n.t('A variable of the case has no value'));
				return [];
			}
			const expected = one.expected;
			const target =
				typeof expected === 'string'
					? expected
					: Array.isArray(expected)
						? expected.map(String)
						: expected === undefined
							? ''
							: JSON.stringify(expected);
			return [JSON.stringify({ input, target, id, ...(one.metadata && { metadata: one.metadata }) })];
		});
		if (suite?.defaults.assert ?? suite?.cases.some(({ assert }) => assert)) {
			findings.dropped('assert', l10n.t('A data set has no scorers'));
		}
		return rows.length === 0 ? [] : [{ path: `${fileName(draft.name)}.jsonl`, text: `${rows.join('\n')}\n` }];
	},
};
