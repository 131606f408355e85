import type { Turn } from '../common/foldParts.ts';
import type { NativeBlocks } from '../common/model.ts';
import type { DonePart, StreamPart } from '../common/streamParts.ts';
import type { RunPart, SentRequest } from '../providers/provider.ts';

/** What a run yields besides its visible parts. */
export interface Captured {
	/** One for each round of the tool loop. */
	requests: SentRequest[];
	native: NativeBlocks | null;
}

/** The visible parts of a run, stamped with the milliseconds since it began; requests and native blocks are set aside. */
export async function* visibleParts(
	run: AsyncIterable<RunPart>,
	captured: Captured,
	elapsed: () => number,
): AsyncGenerator<StreamPart> {
	for await (const part of run) {
		switch (part.type) {
			case 'request':
				captured.requests.push(part.request);
				break;
			case 'native':
				captured.native = part.native;
				break;
			case 'thinking':
			case 'text':
			case 'reclassify':
			case 'tool-call':
			case 'tool-result':
				yield { ...part, at: Math.round(elapsed()) };
				break;
			case 'answered':
			case 'usage':
			case 'error':
			case 'done':
				yield part;
				break;
		}
	}
}

/** Milliseconds since the call, from a clock that never goes back. */
export function stopwatch(): () => number {
	const start = performance.now();
	return () => performance.now() - start;
}

/** The end of a turn once it is stored; a turn without one failed. */
export function doneOf({ stopReason = 'error', notice }: Turn): DonePart {
	return { type: 'done', stopReason, ...(notice !== undefined && { notice }) };
}
