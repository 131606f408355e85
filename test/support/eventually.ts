/** Repeats a check until it passes, for five seconds or as long as given (milliseconds); then its last error is thrown. */
export async function eventually(check: () => void | Promise<void>, patience = 5_000): Promise<void> {
	const end = Date.now() + patience;
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
