/** What a command sees of its process. */
export interface Terminal {
	/** Results. */
	out: (text: string) => void;
	/** Progress and errors. */
	err: (text: string) => void;
	/** Whether `err` is a terminal on which a line can be drawn again. */
	isInteractive: boolean;
	/** Characters of a line of it; asked at each use, since windows are resized. */
	columns: () => number;
	/** Whether `out` and `err` may have colours. */
	colours: { out: boolean; err: boolean };
	environment: Readonly<Record<string, string | undefined>>;
	/** Absolute. */
	folder: string;
	/** Aborted by Ctrl+C, and when nobody reads the results any more. */
	signal: AbortSignal;
}
