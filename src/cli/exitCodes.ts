/** How the process ends. */
export const exitCodes = {
	/** Everything holds. */
	fine: 0,
	/** A trial failed, a rate is below `--fail-under`, or a prompt has warnings. */
	failed: 1,
	/** Wrong options, files or keys: nothing was asked. */
	usage: 2,
	/** Trials ended in an error, so that there is no verdict about them. */
	errors: 3,
	/** The limit of money or requests ended the run. */
	capped: 4,
	/** Ctrl+C. */
	interrupted: 130,
} as const;
