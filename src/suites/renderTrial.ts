import * as l10n from '@vscode/l10n';
import type { FixtureMessage } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { ThinkingLevel } from '../common/model.ts';
import { placePrompt } from '../prompts/placePrompt.ts';
import { variableValues } from '../prompts/variables/renderPrompt.ts';
import { renderTemplate } from '../prompts/variables/renderTemplate.ts';
import type { MessageContent, ModelMessage } from '../providers/provider.ts';
import { toModelMessages } from '../runs/modelMessages.ts';
import type { AskedVariant, PlannedCase } from './plannedRun.ts';
import { renderCase } from './renderCase.ts';
import type { SuiteMessage } from './suite.ts';

/** A question to the model. */
export interface TrialStep {
	/** Messages that stand between the previous answer, or the beginning, and this question. */
	given: ModelMessage[];
	/** Of the user's message. */
	content: MessageContent[];
	query: string;
}

/** What a trial sends: its variables are filled in. */
export interface RenderedTrial {
	/** The system prompt; empty if the prompt is the user's message. */
	system: string;
	/** The prompt itself. */
	prompt: string;
	/** The last one is graded. */
	steps: TrialStep[];
	thinking: ThinkingLevel;
	maxTokens: number;
}

/** Fills the variables of a case into the prompt and its question. Throws `validation` if one has no value, or if nothing is asked. */
export function renderTrial(variant: AskedVariant, one: PlannedCase): RenderedTrial {
	const prompt = renderPrompt(variant, one);
	const { query, messages } = renderCase({ ...one, assert: [] });
	const own: SuiteMessage[] = query === undefined ? (messages ?? []) : [{ role: 'user', content: query }];
	const { system, messages: script } = placePrompt(variant.promptRole, prompt, own);
	const steps = one.recorded
		? [recordedStep(placePrompt(variant.promptRole, prompt, one.recorded).messages)]
		: scriptSteps(script);
	const last = steps.at(-1);
	if (!last || steps.some((step) => step.query.trim() === '')) {
		const message = l10n.t('The case "{0}" asks nothing: give it a "query" or "messages"', one.name);
		throw new AppError('validation', message, { info: { field: 'query' } });
	}
	return {
		system,
		prompt,
		steps,
		thinking: variant.forcesThinking ? variant.thinking : (one.thinking ?? variant.thinking),
		maxTokens: one.maxTokens ?? variant.maxTokens,
	};
}

/** A variable of the case need not be declared; one that is declared has its type and its default. */
function renderPrompt({ text, variables }: AskedVariant, one: PlannedCase): string {
	if (!text.includes('{')) {
		return text;
	}
	const { values, errors } = variableValues(variables, one.vars);
	const [wrong] = [...errors].filter(([name]) => Object.hasOwn(one.vars, name));
	const given = { ...(one.expected !== undefined && { expected: one.expected }), ...one.vars, ...values };
	const rendered = renderTemplate(text, given);
	if ('text' in rendered && !wrong) {
		return rendered.text;
	}
	const reason = wrong?.[1] ?? ('problems' in rendered ? rendered.problems[0]?.message : undefined) ?? '';
	throw new AppError('validation', l10n.t('The prompt cannot be sent for the case "{0}": {1}', one.name, reason), {
		info: { field: wrong ? `vars.${wrong[0]}` : 'vars' },
	});
}

/** A message of the user is a question unless the script itself holds its answer. */
function scriptSteps(script: readonly SuiteMessage[]): TrialStep[] {
	const steps: TrialStep[] = [];
	let given: SuiteMessage[] = [];
	for (const [index, message] of script.entries()) {
		if (message.role === 'user' && script[index + 1]?.role !== 'assistant') {
			steps.push({
				// The opening message is for a conversation that the assistant began.
				given: steps.length === 0 ? toModelMessages(given) : given.map(textMessage),
				content: [{ type: 'text', text: message.content }],
				query: message.content,
			});
			given = [];
		} else {
			given.push(message);
		}
	}
	return steps;
}

function textMessage({ role, content }: SuiteMessage): ModelMessage {
	return { role, content: [{ type: 'text', text: content }] };
}

/** The recorded messages; the last one is the user's, as the plan has checked. */
function recordedStep(recorded: readonly FixtureMessage[]): TrialStep {
	const given = toModelMessages(recorded);
	const content = given.pop()?.content ?? [];
	return { given, content, query: content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n') };
}
