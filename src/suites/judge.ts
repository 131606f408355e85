import * as l10n from '@vscode/l10n';
import { AppError } from '../common/errors.ts';
import type { ThinkingLevel } from '../common/model.ts';
import { turnText } from '../common/turn.ts';
import type { Models } from '../providers/provider.ts';
import { askStructured, parseJsonAnswer } from '../runs/askStructured.ts';
import type { Judge } from './graders/grader.ts';
import { shorten } from './grading/shorten.ts';
import { JudgeError } from './judgeError.ts';

export interface JudgeOptions {
	models: Pick<Models, 'run' | 'isModel'>;
	/** `provider/model`, for assertions that name none; null if none is chosen. */
	model: string | null;
	/** Default off. */
	thinking?: ThinkingLevel;
	/** Default 4096. */
	maxTokens?: number;
	/** Called before each request, retries included; a request is not sent if it throws. */
	beforeSend?: (() => void) | undefined;
}

/**
 * A judge that is a language model. It never asks again by itself: what the provider's limiter gave up on, and an answer
 * that is no verdict, are errors.
 */
export function createJudge(options: JudgeOptions): Judge {
	const { models, thinking = 'off', maxTokens = 4096, beforeSend } = options;
	return {
		async ask({ system, user, schema, check, signal, ...own }) {
			const model = own.model ?? options.model;
			requireJudgeModel(models, model);
			const turn = await askStructured(models, {
				model,
				system,
				question: user,
				thinking: own.thinking ?? thinking,
				maxTokens,
				responseSchema: schema,
				purpose: 'score',
				...(beforeSend && { beforeSend }),
				signal,
			});
			const answer = turnText(turn);
			const judged = { model: turn.answeredModel ?? model, request: `${system}\n\n${user}`, answer };
			const costUsd = turn.usage?.costUsd ?? null;
			const refuse = (problem: string, cause?: unknown) =>
				new JudgeError(
					l10n.t('The judge {0} gave no verdict: {1}. It answered {2}', model, problem, shorten(answer)),
					[judged],
					costUsd,
					cause,
				);
			if (turn.stopReason === 'length') {
				throw refuse(l10n.t('its answer was cut off after {0} tokens', maxTokens));
			}
			let value: unknown;
			try {
				value = parseJsonAnswer(answer);
			} catch (cause) {
				throw refuse(l10n.t('its answer is not JSON'), cause);
			}
			const problem = check?.(value);
			if (problem !== undefined) {
				throw refuse(problem);
			}
			return { value, judged, costUsd };
		},
	};
}

/** Refuses before anything is sent. The built-in guide follows rules, so its verdict would be no model's. */
function requireJudgeModel(models: Pick<Models, 'isModel'>, model: string | null): asserts model is string {
	if (model === null || !models.isModel(model)) {
		throw new AppError(
			'validation',
			model === null
				? l10n.t('No judge is chosen. Choose a language model as the judge')
				: l10n.t('{0} is not a language model and cannot judge. Choose another judge', model),
			{ info: { field: 'judgeModel' } },
		);
	}
}
