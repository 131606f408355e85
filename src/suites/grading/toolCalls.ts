import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { GradedAnswer, RenderedAssertion } from '../graders/grader.ts';
import { wrongValue } from './textValue.ts';

/** The calls of an answer. Throws for a recorded one that comes without any, since its calls are unknown. */
export function callsOf({ model, turn, toolCalls }: GradedAnswer): GradedAnswer['toolCalls'] {
	if (model === null && !turn && toolCalls.length === 0) {
		throw new AppError('validation', l10n.t('It is not known which tools were called: the answer is recorded'));
	}
	return toolCalls;
}

/** The calls of an answer in their order, for a reason. */
export function describeCalls({ toolCalls }: GradedAnswer): string {
	const shown = toolCalls.slice(0, 20).map(({ name }) => name);
	return toolCalls.length === 0
		? l10n.t('no tool was called')
		: l10n.t('tools called: {0}', [...shown, ...(toolCalls.length > shown.length ? ['…'] : [])].join(', '));
}

/** The names of a value: one, or a list of at least one. */
export function toolNames({ type }: RenderedAssertion, value: unknown): string[] {
	const names: unknown[] = Array.isArray(value) ? value : [value];
	if (names.length === 0 || !names.every((name): name is string => typeof name === 'string' && name !== '')) {
		throw wrongValue(type, l10n.t('the name of a tool, or a list of names'));
	}
	return names;
}

export const toolNamesSchema = {
	description: 'The name of a tool, or a list of names.',
	anyOf: [
		{ type: 'string', minLength: 1 },
		{ type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
	],
};
