import type { AppError } from './errors.ts';
import type { ErrorPart } from './streamParts.ts';

/** An error as a stream part. */
export function errorPart({ code, message, info }: AppError): ErrorPart {
	return {
		type: 'error',
		code,
		message,
		retryable: info.retryable ?? false,
		...(info.detail !== undefined && { detail: info.detail }),
	};
}
