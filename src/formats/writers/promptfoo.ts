import * as l10n from '@vscode/l10n';
import type { PromptVariable } from '../../prompts/promptMetadata.ts';
import type { Findings } from '../reading/findings.ts';
import { defined } from '../reading/values.ts';
import type { SuiteAssertion, SuiteCaseText } from '../suiteText.ts';
import { chatMessages } from '../writing/chatMessages.ts';
import { toJinja } from '../writing/templates.ts';
import { variableDefault } from '../writing/variableDefault.ts';
import { keptFields, writtenSuite } from '../writing/writtenSuite.ts';
import { yamlText } from '../writing/yamlText.ts';
import type { Writer } from '../writing/writer.ts';

/** Graders that promptfoo has under the same name and meaning. */
const shared = new Set([
	...[
		'equals',
		'contains',
		'icontains',
		'contains-any',
		'contains-all',
		'icontains-any',
		'icontains-all',
		'starts-with',
		'regex',
	],
	...[
		'levenshtein',
		'rouge-n',
		'word-count',
		'is-refusal',
		'is-json',
		'contains-json',
		'is-xml',
		'contains-xml',
		'finish-reason',
	],
	...['latency', 'cost', 'javascript', 'llm-rubric', 'factuality', 'assert-set'],
]);

/** One config with the prompt and its suite. */
export const promptfoo: Writer = {
	id: 'promptfoo',
	label: 'promptfoo (promptfooconfig.yaml)',
	parts: ['model', 'questions', 'tools', 'cases'],
	write({ draft, suites }, findings) {
		const suite = writtenSuite(suites);
		const template = (text: string) => toJinja(text, draft.variables, findings, 'dump');
		const own = (suite?.cases ?? []).some((one) => one.query !== undefined);
		// Questions that differ are a variable.
		const asked = own && suite ? { ...suite, defaults: { ...suite.defaults, query: '{{query}}' } } : suite;
		const messages = chatMessages(draft, asked, findings).map(({ role, content }) => ({
			role,
			content: template(content),
		}));
		const [only, ...more] = messages;
		const isText = more.length === 0 && only?.role === 'user';
		const defaults = asked?.defaults;
		const vars = { ...defaultValues(draft.variables), ...defaults?.vars };
		const assert = assertionsOf(defaults?.assert, template, findings);
		const defaultTest = defined({
			vars: Object.keys(vars).length > 0 ? vars : undefined,
			assert,
			threshold: defaults?.threshold,
			options: defaults?.expand === false ? { disableVarExpansion: true } : undefined,
		});
		const models = (suite?.models.length ? suite.models : draft.model === undefined ? [] : [draft.model]).flatMap(
			(model) => provider(model, defaults?.maxTokens, findings),
		);
		for (const field of ['timeout', 'tags'] as const) {
			if (defaults?.[field] !== undefined) {
				findings.dropped(field, l10n.t('promptfoo has no such field of a test'));
			}
		}
		if (draft.tools.length > 0) {
			findings.dropped('tools', l10n.t('Tools belong to a provider there, and are not written'));
		}
		const config = defined({
			description: draft.description ?? draft.name,
			prompts: [
				{ label: draft.name, raw: isText ? (only?.content ?? '') : JSON.stringify(messages, undefined, 2) },
			],
			providers: models.length > 0 ? models : undefined,
			defaultTest: Object.keys(defaultTest).length > 0 ? defaultTest : undefined,
			tests: suite?.cases.map((one) =>
				testOf(own && !one.messages ? { query: suite.defaults.query ?? '', ...one } : one, template, findings),
			),
			evaluateOptions: defaults?.repeat === undefined ? undefined : { repeat: defaults.repeat },
			...keptFields('promptfoo', draft.origin),
		});
		return [{ path: 'promptfooconfig.yaml', text: yamlText(config) }];
	},
};

function defaultValues(variables: readonly PromptVariable[]): Record<string, unknown> {
	return Object.fromEntries(
		variables.flatMap((variable) =>
			variable.default === undefined ? [] : [[variable.name, variableDefault(variable)]],
		),
	);
}

function provider(model: string, maxTokens: number | undefined, findings: Findings): unknown[] {
	const [, vendor, id] = /^(openai|anthropic)\/(.+)$/s.exec(model) ?? [];
	if (vendor === undefined || id === undefined) {
		findings.dropped(model, l10n.t('Where this model is reached is not written: add a provider'));
		return [];
	}
	const name = vendor === 'openai' ? `openai:chat:${id}` : `anthropic:messages:${id}`;
	return [maxTokens === undefined ? name : { id: name, config: { max_tokens: maxTokens } }];
}

function testOf(one: SuiteCaseText, template: (text: string) => string, findings: Findings): object {
	const name = one.name ?? l10n.t('a case');
	for (const field of ['messages', 'tags', 'outputs', 'timeout', 'maxTokens', 'repeat'] as const) {
		if (one[field] !== undefined) {
			findings.dropped(`${name}: ${field}`, l10n.t('promptfoo has no such field of a test'));
		}
	}
	const vars = {
		...one.vars,
		...(one.query !== undefined && { query: template(one.query) }),
		...(one.expected !== undefined && { expected: one.expected }),
	};
	return defined({
		description: one.name,
		vars: Object.keys(vars).length > 0 ? vars : undefined,
		assert: assertionsOf(one.assert, template, findings),
		threshold: one.threshold,
		providerOutput: one.output,
		metadata: one.metadata,
		options: one.expand === false ? { disableVarExpansion: true } : undefined,
	});
}

function assertionsOf(
	assertions: readonly SuiteAssertion[] | undefined,
	template: (text: string) => string,
	findings: Findings,
): object[] | undefined {
	const written = assertions?.flatMap((assertion) => {
		const { type, value, assert, provider: judge, ...others } = assertion;
		if (!shared.has(type.replace(/^not-/, ''))) {
			findings.dropped(type, l10n.t('promptfoo has no such assertion'));
			return [];
		}
		const [name] = judge === undefined ? [] : provider(judge, undefined, findings);
		const text = (one: unknown) => (typeof one === 'string' ? template(one) : one);
		return [
			defined({
				type,
				value: Array.isArray(value) ? value.map(text) : text(value),
				assert: assertionsOf(assert, template, findings),
				provider: name,
				...others,
			}),
		];
	});
	return written && written.length > 0 ? written : undefined;
}
