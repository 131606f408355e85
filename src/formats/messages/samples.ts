import * as l10n from '@vscode/l10n';
import type { ImportedDraft } from '../imported.ts';
import type { Findings } from '../reading/findings.ts';
import { suiteText, type SuiteCaseText } from '../suiteText.ts';
import { asLiteral } from '../template/literal.ts';
import { promptOfMessages, type PromptMessage } from './promptOfMessages.ts';

/** A row of a data set: the messages that are sent, whose texts are no templates, and the rest of its case. */
export interface Sample {
	messages: readonly PromptMessage[];
	own: SuiteCaseText;
	line?: number;
}

/**
 * Samples as cases of a suite. Their system message is the draft; if they have several, that is a variable of one draft.
 * `onCase` gets those that become cases, in their order.
 */
export function samplesSuite(
	samples: readonly Sample[],
	name: string,
	findings: Findings,
	onCase: (sample: Sample) => void = () => undefined,
): { drafts: ImportedDraft[]; suites: { name: string; text: string }[] } {
	const read = samples.flatMap((sample) => {
		const { messages, own, line } = sample;
		const prompt = promptOfMessages(messages, findings);
		const isSystem = prompt?.promptRole === 'system';
		const rest =
			prompt?.messages ?? (prompt?.query === undefined ? [] : [{ role: 'user' as const, content: prompt.query }]);
		const asked = (isSystem || !prompt ? rest : [{ role: 'user' as const, content: prompt.text }, ...rest]).map(
			({ role, content }) => ({ role, content: asLiteral(content) }),
		);
		const [only, ...more] = asked;
		if (!only) {
			findings.dropped(own.name ?? l10n.t('the line'), l10n.t('It asks nothing'), line);
			return [];
		}
		onCase(sample);
		const question: SuiteCaseText = more.length === 0 ? { query: only.content } : { messages: asked };
		return [{ system: isSystem ? prompt.text : '', own: { ...own, ...question } }];
	});
	const systems = new Set(read.map(({ system }) => system));
	const isShared = systems.size <= 1;
	const [shared = ''] = systems;
	const text = isShared ? asLiteral(shared) : '{{system}}';
	if (!isShared) {
		findings.changed(
			'system',
			l10n.t('The samples have different system messages, which are a variable of one draft'),
		);
	}
	const cases = read.map(({ system, own }) => (isShared ? own : { ...own, vars: { ...own.vars, system } }));
	const drafts: ImportedDraft[] =
		text.trim() === ''
			? []
			: [
					{
						name,
						text,
						kind: 'assistant',
						variables: isShared ? [] : [{ name: 'system', type: 'text' }],
						tools: [],
						promptRole: 'system',
					},
				];
	const prompt = drafts.length > 0 ? { prompt: `draft:${name}` } : {};
	return { drafts, suites: cases.length === 0 ? [] : [{ name, text: suiteText({ ...prompt, cases }) }] };
}
