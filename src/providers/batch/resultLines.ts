import * as l10n from '@vscode/l10n';
import { isAppError } from '../../common/errors.ts';
import { BodyReader } from '../bodyReader.ts';
import { connectionFault, idleFault, tooLargeFault, type RequestTarget } from '../faults.ts';
import { Watchdog } from '../watchdog.ts';

/** Most characters of one line; the longest answers of models are far shorter. */
const maxLine = 67_108_864;
const defaultIdleMs = 120_000;

/**
 * The lines of a file of results as they arrive; empty ones are left out. `open` sends the request, which ends with its
 * signal: at an abort, after `idleMs` of silence (milliseconds), and when the loop is left.
 */
export async function* resultLines(
	target: RequestTarget,
	open: (signal: AbortSignal) => Promise<Response>,
	outer: AbortSignal,
	idleMs = defaultIdleMs,
): AsyncGenerator<string> {
	const closing = new AbortController();
	const watchdog = new Watchdog(idleMs, () => closing.abort());
	try {
		const response = await open(AbortSignal.any([outer, closing.signal]));
		const empty = () => new Blob([]).stream() as ReadableStream<Uint8Array>;
		const reader = new BodyReader((response.body as ReadableStream<Uint8Array> | null) ?? empty(), watchdog);
		const decoder = new TextDecoder();
		let rest = '';
		for (let isLast = false; !isLast;) {
			const bytes = await reader.take();
			isLast = bytes === undefined;
			const lines = (rest + (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())).split('\n');
			rest = isLast ? '' : (lines.pop() ?? '');
			if (rest.length > maxLine) {
				throw tooLargeFault(target, l10n.t('an endless line'));
			}
			yield* lines.filter((line) => line.trim() !== '');
		}
	} catch (error) {
		if (watchdog.expired) {
			throw idleFault(target, idleMs, l10n.t('the rest of the results'));
		}
		throw isAppError(error) ? error : connectionFault(target, error, true);
	} finally {
		watchdog.stop();
		closing.abort();
	}
}
