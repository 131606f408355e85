import type { Turn } from '../../common/turn.ts';
import { errorPart } from '../../common/errorPart.ts';
import type { AppError } from '../../common/errors.ts';
import { foldParts } from '../../common/foldParts.ts';

/** The turn of a request that has no result. */
export function missingTurn(error: AppError): Turn {
	return foldParts([errorPart(error), { type: 'done', stopReason: 'error' }]);
}
