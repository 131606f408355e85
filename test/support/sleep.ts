/**
 * Waits for a fixed time. Only for time that is itself the subject: a server that sends slowly, a window that is measured,
 * a moment by chance. The fence test counts its uses; everything else waits for a condition (eventually.ts).
 */
export function sleep(milliseconds: number, _why: string): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
