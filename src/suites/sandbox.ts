/** Runs what a suite file brings along, outside the main thread and within limits of time and memory. */
export interface Sandbox {
	/**
	 * Evaluates JavaScript: an expression on one line, or a body with `return` on several. `globals` are plain JSON and its
	 * only input. Rejects with `AppError('validation')` if it throws, does not end, or takes too much memory, and with
	 * `access-denied` where code may not run.
	 */
	evaluate(code: string, globals: Record<string, unknown>, signal: AbortSignal): Promise<unknown>;
	/** Whether a regular expression matches. Rejects with `validation` if it is invalid or does not end in time. */
	matches(pattern: string, flags: string, text: string, signal: AbortSignal): Promise<boolean>;
	/** Ends its workers. */
	dispose(): Promise<void>;
}
