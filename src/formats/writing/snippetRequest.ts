import * as l10n from '@vscode/l10n';
import type { PromptTool } from '../../prompts/promptMetadata.ts';
import type { Findings } from '../reading/findings.ts';
import { chatMessages } from './chatMessages.ts';
import type { Exported } from './writer.ts';
import { writtenSuite } from './writtenSuite.ts';

/** A call of a model, as code writes it. */
export interface SnippetRequest {
	sdk: 'openai' | 'anthropic';
	model: string;
	/** Under the names of the SDK. */
	parameters: Record<string, unknown>;
	/** Templates in our language. The system's text is one of the messages. */
	messages: { role: string; content: string }[];
	tools: readonly PromptTool[];
	/** Whether the prompt asks nothing itself. */
	needsQuestion: boolean;
}

/** Settings that each SDK has, by the names that files use for them, in lower case with underscores. */
const openai: Readonly<Record<string, string>> = {
	...same('temperature', 'top_p', 'seed', 'stop', 'n', 'frequency_penalty', 'presence_penalty'),
	...same('reasoning_effort', 'verbosity', 'response_format', 'max_completion_tokens'),
	max_tokens: 'max_completion_tokens',
	max_output_tokens: 'max_completion_tokens',
	max_new_tokens: 'max_completion_tokens',
	stop_sequences: 'stop',
};
/** Since 1.0 the SDK has no temperature, top_p and top_k. */
const anthropic: Readonly<Record<string, string>> = {
	...same('max_tokens', 'stop_sequences', 'thinking'),
	max_completion_tokens: 'max_tokens',
	max_output_tokens: 'max_tokens',
	max_new_tokens: 'max_tokens',
};
/** The API of Anthropic asks for a limit. */
const ownMaxTokens = 4_096;

/** What a prompt asks a model, for the SDK of its provider: Anthropic's for its models, else OpenAI's. */
export function snippetRequest({ draft, suites }: Exported, findings: Findings): SnippetRequest {
	const suite = writtenSuite(suites);
	if (suite && suite.cases.length > 0) {
		findings.dropped('cases', l10n.t('Code that asks a model has no cases'));
	}
	const named = draft.model ?? suite?.models[0];
	const [, provider = '', id = named] = /^([\w-]+)\/(.+)$/s.exec(named ?? '') ?? [];
	const sdk = provider === 'anthropic' || (provider === '' && /^claude/i.test(named ?? '')) ? 'anthropic' : 'openai';
	if (id === undefined) {
		findings.changed('model', l10n.t('The prompt names no model: put one in place of "MODEL"'));
	} else if (provider !== '' && provider !== sdk) {
		findings.changed(provider, l10n.t('Its models are asked with the SDK of OpenAI: set the address yourself'));
	}
	const parameters = parametersOf(draft.parameters ?? {}, sdk, findings);
	if (sdk === 'anthropic' && parameters['max_tokens'] === undefined) {
		parameters['max_tokens'] = ownMaxTokens;
		findings.changed('max_tokens', l10n.t('Anthropic asks for a limit, which is set to {0}', ownMaxTokens));
	}
	if (draft.tools.length > 0) {
		findings.changed(
			'tools',
			l10n.t('The code returns the calls of the model: run them and send what comes of them'),
		);
	}
	const messages = chatMessages(draft, suite, findings);
	return {
		sdk,
		model: id ?? 'MODEL',
		parameters,
		messages,
		tools: draft.tools,
		needsQuestion: !messages.some(({ role }) => role === 'user'),
	};
}

function parametersOf(
	written: Record<string, unknown>,
	sdk: SnippetRequest['sdk'],
	findings: Findings,
): Record<string, unknown> {
	const names = sdk === 'openai' ? openai : anthropic;
	const parameters: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(written)) {
		const own = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
		const target = Object.hasOwn(names, own) ? names[own] : undefined;
		if (target === undefined) {
			findings.dropped(name, l10n.t('The SDK has no such setting'));
		} else {
			parameters[target] = value;
		}
	}
	return parameters;
}

function same(...names: string[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, name]));
}
