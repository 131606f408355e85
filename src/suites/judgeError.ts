import { AppError } from '../common/errors.ts';
import type { AssertionResult } from '../common/suiteModel.ts';

/** A judge answered, and its answer is no verdict. What it was asked and answered is kept. */
export class JudgeError extends AppError {
	readonly judged: NonNullable<AssertionResult['judged']>;
	/** US dollars; null if the price is unknown. */
	readonly costUsd: number | null;

	constructor(
		message: string,
		judged: NonNullable<AssertionResult['judged']>,
		costUsd: number | null,
		cause?: unknown,
	) {
		super('bad-response', message, { cause, info: { retryable: true } });
		this.judged = judged;
		this.costUsd = costUsd;
	}
}
