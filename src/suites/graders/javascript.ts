import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { turnThinking } from '../../common/turn.ts';
import { shorten, shortenValue } from '../grading/shorten.ts';
import { wrongValue } from '../grading/textValue.ts';
import type { GradedAnswer, Grader, RenderedAssertion } from './grader.ts';

export const javascript: Grader = {
	type: 'javascript',
	summary:
		'Code gives true, a number above 0, or {pass, score, reason}. It gets `output` and `context`: vars, prompt, provider, expected, tools, latencyMs, cost, thinking and metadata.',
	value: {
		type: 'string',
		minLength: 1,
		description:
			'An expression on one line, or the body of a function with `return` on several. Promises are awaited.',
	},
	threshold: 'The lowest number that passes, if the code gives a number.',
	negatedScore: 'keep',
	async grade(assertion, { answer, sandbox, signal }) {
		const code = codeOf(assertion);
		const { negate, threshold } = assertion;
		const result = await sandbox.evaluate(code, { output: answer.output, context: codeContext(answer) }, signal);
		if (typeof result === 'boolean') {
			// A number keeps its score under `not-`, as in promptfoo, but a truth value does not.
			const score = result === negate ? 0 : 1;
			return { pass: result, score, reason: l10n.t('The code gives {0}: {1}', String(result), shorten(code)) };
		}
		if (typeof result === 'number' && !Number.isNaN(result)) {
			const pass = threshold === undefined ? result > 0 : result >= threshold;
			return { pass, score: result, reason: l10n.t('The code gives {0}: {1}', result, shorten(code)) };
		}
		const { pass, score, reason } = (result ?? {}) as Record<string, unknown>;
		if (typeof pass !== 'boolean' || typeof score !== 'number' || typeof reason !== 'string') {
			throw new AppError(
				'validation',
				l10n.t(
					'The code must give true, false, a number, or {pass, score, reason}; it gives {0}: {1}',
					typeof result === 'number' ? String(result) : shortenValue(result),
					shorten(code),
				),
			);
		}
		return { pass, score, reason: reason === '' ? l10n.t('The code gives no reason: {0}', shorten(code)) : reason };
	},
};

function codeOf({ type, value }: RenderedAssertion): string {
	if (typeof value !== 'string' || value.trim() === '') {
		throw wrongValue(type, l10n.t('an expression in JavaScript'));
	}
	if (value.startsWith('file://')) {
		throw new AppError(
			'validation',
			l10n.t('Code from a file is not run ({0}). Write the code into the suite', shorten(value)),
			{ info: { field: 'value' } },
		);
	}
	return value;
}

/** Plain JSON; what is not known is absent. */
function codeContext(answer: GradedAnswer): Record<string, unknown> {
	const { vars, prompt, query, model, expected, toolCalls, latencyMs, costUsd, turn, metadata } = answer;
	return {
		vars,
		prompt,
		query,
		provider: model,
		expected,
		tools: toolCalls,
		latencyMs,
		cost: costUsd,
		thinking: turn && turnThinking(turn),
		metadata,
	};
}
