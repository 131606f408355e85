/** Milliseconds of queued work in one frame, for all callers together. */
const frameBudget = 8;

type Work = (deadline: number) => void;

let queue = new Set<Work>();
let scheduled = false;

/**
 * Runs `work` in one of the next frames, only once even if it is queued several times. All callers share one budget per
 * frame. The latest work runs first, because it is nearest to what the user is reading.
 */
export function queueForFrame(work: Work): void {
	queue.add(work);
	if (!scheduled) {
		scheduled = true;
		requestAnimationFrame(runFrame);
	}
}

export function cancelForFrame(work: Work): void {
	queue.delete(work);
}

function runFrame(): void {
	scheduled = false;
	const deadline = performance.now() + frameBudget;
	const waiting = [...queue];
	queue = new Set();
	while (waiting.length > 0 && performance.now() < deadline) {
		waiting.pop()?.(deadline);
	}
	// Work that did not fit in this frame goes before work queued meanwhile, so that the newer work runs first.
	const late = [...queue];
	queue = new Set();
	for (const work of [...waiting, ...late]) {
		queueForFrame(work);
	}
}
