/**
 * The one error type of the product. It is raised once, at the edge that knows the cause, and shown once, by the
 * command wrapper or in place by a panel. Code asks with `isAppError(error, code)`, never by matching the message.
 */
export type ErrorCode =
	| 'cancelled'
	| 'auth'
	| 'rate-limit'
	| 'overloaded'
	| 'context-length'
	| 'network'
	| 'bad-response'
	| 'validation'
	| 'storage'
	| 'not-found'
	| 'access-denied'
	| 'internal';

export interface ErrorInfo {
	/** True when the same request may succeed if it is sent again. */
	retryable?: boolean;
	/** HTTP status, if one was received. */
	status?: number;
	/** Provider id, if a model provider raised it. */
	provider?: string;
	model?: string;
	/** Milliseconds that the provider asked to wait before the next attempt. */
	retryAfter?: number;
	/** For `validation`: the field that broke a rule. */
	field?: string;
	/** Id, without its prefix, of the command that helps. */
	remedy?: 'newDraft' | 'importTopic';
	/** Up to about 300 characters of raw detail, with keys masked, shown on demand only. */
	detail?: string;
}

export class AppError extends Error {
	readonly code: ErrorCode;
	readonly info: ErrorInfo;

	constructor(code: ErrorCode, message: string, options: { cause?: unknown; info?: ErrorInfo } = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'AppError';
		this.code = code;
		this.info = options.info ?? {};
	}
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
	return error instanceof AppError && (code === undefined || error.code === code);
}

/** Wraps anything that was thrown; an `AppError` passes unchanged, an abort becomes `cancelled`. */
export function toAppError(error: unknown): AppError {
	if (error instanceof AppError) {
		return error;
	}
	if (error instanceof Error && error.name === 'AbortError') {
		return new AppError('cancelled', 'Cancelled', { cause: error });
	}
	return new AppError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
	if (signal?.aborted) {
		throw new AppError('cancelled', 'Cancelled', { cause: signal.reason });
	}
}
