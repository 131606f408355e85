/** Returns a function that runs `work` in the next animation frame: once per frame, no matter how often it is called. */
export function frameBatch(work: () => void): () => void {
	let scheduled = false;
	return () => {
		if (!scheduled) {
			scheduled = true;
			requestAnimationFrame(() => {
				scheduled = false;
				work();
			});
		}
	};
}
