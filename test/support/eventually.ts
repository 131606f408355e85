/** Repeats a check until it passes, for five seconds; then its last error is thrown. */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
	const end = Date.now() + 5_000;
	for (;;) {
		try {
			await check();
			return;
		} catch (error) {
			if (Date.now() > end) {
				throw error;
			}
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}
