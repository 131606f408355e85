import type { LabStepStatus } from '../common/labState.ts';
import { isOutput, type StreamPart } from '../common/streamParts.ts';
import { turnEnd } from '../common/turnEnd.ts';
import type { SentRequest } from '../providers/provider.ts';
import type { LabContext } from './labContext.ts';
import { runLab, type LabRequest } from './runLab.ts';

export interface StepListener {
	onStart(): void;
	/** `firstPartMs`: milliseconds from the request to the first thinking, text or tool call. */
	onFirst(firstPartMs: number): void;
	onPart(part: StreamPart): void;
	onRequest(request: SentRequest): void;
}

/** Runs one request, tells its parts, and resolves to how it ended. Never rejects for what the model does. */
export async function runStep(
	context: Pick<LabContext, 'models' | 'limiter'>,
	request: Omit<LabRequest, 'onStart'>,
	listener: StepListener,
): Promise<{ status: LabStepStatus; durationMs: number }> {
	let startedAt = performance.now();
	const elapsed = () => Math.round(performance.now() - startedAt);
	const onStart = () => {
		startedAt = performance.now();
		listener.onStart();
	};
	let begun = false;
	let status: LabStepStatus = 'failed';
	for await (const part of runLab(context, { ...request, onStart })) {
		if (part.type === 'request') {
			listener.onRequest(part.request);
			continue;
		}
		if (part.type === 'native') {
			continue;
		}
		if (!begun && isOutput(part)) {
			begun = true;
			listener.onFirst(elapsed());
		}
		listener.onPart(part);
		if (part.type === 'done') {
			status = turnEnd(part);
		}
	}
	return { status, durationMs: elapsed() };
}
