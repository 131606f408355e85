import * as l10n from '@vscode/l10n';
import type { Format } from './imported.ts';
import { Findings } from './reading/findings.ts';
import { isRecord, scalarText } from './reading/values.ts';
import { suiteText, type SuiteCaseText } from './suiteText.ts';
import { asLiteral } from './template/literal.ts';

const truths = ['ground truth', 'ground_truth', 'groundTruth'];

/** A data set of Microsoft's Foundry Toolkit: JSON Lines with `query`, `response` and `ground truth`. */
export const foundry: Format = {
	id: 'foundry',
	label: 'Foundry Toolkit data set',
	detect: ({ firstLine }) =>
		isRecord(firstLine) &&
		typeof firstLine['query'] === 'string' &&
		['response', 'context', ...truths].some((key) => key in firstLine)
			? 0.8
			: 0,
	read(file) {
		const findings = new Findings();
		const cases: SuiteCaseText[] = [];
		for (const { value, line } of file.rows()) {
			const row = isRecord(value) ? value : {};
			const query = scalarText(row['query']);
			if (query === undefined) {
				findings.dropped(l10n.t('the line'), l10n.t('It asks nothing'), line);
				continue;
			}
			const { query: _query, response, ...others } = row;
			const truth = truths.map((key) => row[key]).find((one) => one !== undefined);
			const vars = Object.fromEntries(Object.entries(others).filter(([key]) => !truths.includes(key)));
			cases.push({
				name: String(cases.length + 1),
				query: asLiteral(query),
				...(Object.keys(vars).length > 0 && { vars, expand: false }),
				...(truth !== undefined && { expected: truth }),
				...(typeof response === 'string' && response !== '' && { output: response }),
			});
		}
		findings.kept('response', l10n.t('Recorded answers are graded: add assertions'));
		return {
			format: 'foundry',
			drafts: [],
			suites: cases.length === 0 ? [] : [{ name: file.stem, text: suiteText({ cases }) }],
			fixtures: [],
			report: findings.report(),
		};
	},
};
