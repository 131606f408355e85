import { throwIfAborted, toAppError, type AppError } from '../common/errors.ts';
import type { StoredTrial } from '../common/suiteModel.ts';
import type { TurnError } from '../common/turn.ts';
import type { Answered } from './askTrial.ts';
import { gradeAnswer } from './gradeAnswer.ts';
import type { GradedAnswer, Judge } from './graders/grader.ts';
import { JudgeError } from './judgeError.ts';
import type { PlannedCase } from './plannedRun.ts';
import { renderCase } from './renderCase.ts';
import type { Sandbox } from './sandbox.ts';

export interface GradeOptions {
	sandbox: Sandbox;
	judge?: Judge | undefined;
	/** The answers of the other variants to the case, by label. */
	others?: Record<string, string> | undefined;
	signal: AbortSignal;
}

/** What an answer is graded with, whether a model gave it or it was recorded. */
export interface Gradable {
	output: string;
	prompt: string;
	query: string;
	/** Null for a recorded answer. */
	model: string | null;
	/** US dollars that the answer cost; null if the price is unknown. */
	costUsd: number | null;
	answered?: Answered;
}

export type Grading = Pick<StoredTrial, 'verdict' | 'score' | 'assertions' | 'error'> & {
	/** US dollars that judges cost; null if a price is unknown. */
	judgeCostUsd: number | null;
};

/**
 * Grades the answer to a case. An answer that is not complete, a case that cannot be rendered and a grader that cannot
 * decide are errors, not failures. Rejects only with `cancelled`.
 */
export async function gradeTrial(one: PlannedCase, gradable: Gradable, options: GradeOptions): Promise<Grading> {
	const fault = gradable.answered?.error;
	if (fault) {
		return ungraded(fault);
	}
	const judge = options.judge && new WatchedJudge(options.judge);
	try {
		const { assert } = renderCase(one);
		const graded = await gradeAnswer(assert, one.threshold, {
			answer: gradedAnswer(one, gradable, options.others),
			sandbox: options.sandbox,
			...(judge && { judge }),
			signal: options.signal,
		});
		const judgeCostUsd = judge?.costUsd ?? 0;
		if (graded.verdict !== 'error') {
			return { ...graded, judgeCostUsd };
		}
		const reason =
			graded.assertions.find(({ error }) => error)?.reason ?? graded.assertions.find(({ open }) => open)?.reason;
		const error = judge?.fault
			? turnError(judge.fault)
			: { code: 'validation' as const, message: reason ?? '', retryable: false };
		return { ...graded, error, judgeCostUsd };
	} catch (thrown) {
		throwIfAborted(options.signal);
		return ungraded(turnError(toAppError(thrown)));
	}
}

/** A trial whose answer was not graded. */
export function ungraded(error: TurnError): Grading {
	return { verdict: 'error', score: 0, assertions: [], error, judgeCostUsd: 0 };
}

export function turnError({ code, message, info }: AppError): TurnError {
	return {
		code,
		message,
		retryable: info.retryable ?? false,
		...(info.detail !== undefined && { detail: info.detail }),
	};
}

function gradedAnswer(
	one: PlannedCase,
	{ output, prompt, query, model, costUsd, answered }: Gradable,
	others: Record<string, string> | undefined,
): GradedAnswer {
	const { turn, latencyMs, timeToFirstTokenMs, usage, citations } = answered ?? {};
	const turns = answered ? [...answered.earlier.map((step) => step.turn), answered.turn] : [];
	return {
		output,
		prompt,
		query,
		vars: one.vars,
		...(one.expected !== undefined && { expected: one.expected }),
		...(one.metadata && { metadata: one.metadata }),
		model,
		...(turn && { turn }),
		toolCalls: turns.flatMap(({ blocks }) =>
			blocks.flatMap((block) => (block.type === 'tool' ? [{ name: block.name, input: block.input }] : [])),
		),
		...(turn?.stopReason !== undefined && { stopReason: turn.stopReason }),
		...(typeof latencyMs === 'number' && { latencyMs }),
		...(typeof timeToFirstTokenMs === 'number' && { firstTokenMs: timeToFirstTokenMs }),
		...(usage && { usage }),
		...(answered && costUsd !== null && { costUsd }),
		...(citations && { citations }),
		...(others && { others }),
	};
}

/** Adds up what judges cost, and keeps what went wrong with them: a result has only the words of it. */
class WatchedJudge implements Judge {
	costUsd: number | null = 0;
	fault: AppError | undefined;
	readonly #judge: Judge;

	constructor(judge: Judge) {
		this.#judge = judge;
	}

	async ask(request: Parameters<Judge['ask']>[0]): ReturnType<Judge['ask']> {
		try {
			const asked = await this.#judge.ask(request);
			this.#add(asked.costUsd);
			return asked;
		} catch (thrown) {
			this.fault ??= toAppError(thrown);
			if (thrown instanceof JudgeError) {
				this.#add(thrown.costUsd);
			}
			throw thrown;
		}
	}

	#add(costUsd: number | null): void {
		this.costUsd = this.costUsd === null || costUsd === null ? null : this.costUsd + costUsd;
	}
}
