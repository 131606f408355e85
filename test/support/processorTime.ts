/**
 * Starts a clock of the processor time that this process uses and returns a function that tells it, in milliseconds.
 * For bounds of linear work: unlike elapsed time, it does not grow when other programs keep the machine busy.
 */
export function processorTime(): () => number {
	const start = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1000;
	};
}
