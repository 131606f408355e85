import * as l10n from '@vscode/l10n';
import { stringify } from 'yaml';
import type { Findings } from '../reading/findings.ts';
import type { SuiteAssertion } from '../suiteText.ts';
import { chatMessages } from '../writing/chatMessages.ts';
import { fileName } from '../writing/fileName.ts';
import { toBraces } from '../writing/templates.ts';
import { keptFields, writtenSuite } from '../writing/writtenSuite.ts';
import type { Writer } from '../writing/writer.ts';

export const promptYml: Writer = {
	id: 'prompt-yml',
	label: 'GitHub Models (.prompt.yml)',
	parts: ['description', 'model', 'parameters', 'questions', 'tools', 'cases'],
	write({ draft, suites }, findings) {
		const suite = writtenSuite(suites);
		const lowered = 'output.toLowerCase()';
		const evaluators = (suite?.defaults.assert ?? []).flatMap((assertion, index) =>
			evaluatorOf(assertion, index, lowered, findings),
		);
		for (const one of suite?.cases ?? []) {
			if (one.assert ?? one.query ?? one.messages) {
				findings.dropped(
					one.name ?? l10n.t('a case'),
					l10n.t('A case has values of variables here, and neither questions nor assertions of its own'),
				);
			}
		}
		const testData = (suite?.cases ?? []).map(({ vars, expected }) => ({
			...vars,
			...(expected !== undefined && { expected }),
		}));
		if (draft.tools.length > 0) {
			findings.dropped('tools', l10n.t('The format has no tools'));
		}
		const content = {
			name: draft.name,
			...(draft.description !== undefined && { description: draft.description }),
			...(draft.model !== undefined && { model: draft.model }),
			...(draft.parameters && { modelParameters: draft.parameters }),
			...keptFields('prompt-yml', draft.origin),
			messages: chatMessages(draft, suite, findings).map((message) => ({
				role: message.role,
				content: toBraces(message.content, findings),
			})),
			...(testData.length > 0 && { testData }),
			...(evaluators.length > 0 && { evaluators }),
		};
		return [
			{
				path: `${fileName(draft.name)}.prompt.yml`,
				text: stringify(content, { lineWidth: 0, aliasDuplicateObjects: false }),
			},
		];
	},
};

function evaluatorOf(
	{ type, value, metric, transform }: SuiteAssertion,
	index: number,
	lowered: string,
	findings: Findings,
): object[] {
	const name = metric ?? `${type} ${index + 1}`;
	const text = typeof value === 'string' ? value : '';
	if (type === 'equals' && text !== '' && transform === undefined) {
		return [{ name, string: { equals: toBraces(text, findings) } }];
	}
	if (type === 'icontains' && text !== '' && transform === undefined) {
		return [{ name, string: { contains: toBraces(text, findings) } }];
	}
	const key = type === 'starts-with' ? 'startsWith' : type === 'ends-with' ? 'endsWith' : undefined;
	// Case is ignored there, so that only what ignores it too is the same.
	if (key !== undefined && text !== '' && transform === lowered) {
		return [{ name, string: { [key]: toBraces(text.replace(/ \| lower(?=\s*\}\})/g, ''), findings) } }];
	}
	findings.dropped(name, l10n.t('The format has no evaluator that decides in the same way'));
	return [];
}
