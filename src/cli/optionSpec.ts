export interface OptionSpec {
	/** Without its dashes. */
	name: string;
	/** What stands for the value in help; absent for a switch. */
	value?: string;
	/** May be given several times. */
	multiple?: boolean;
	summary: () => string;
	/** What completion offers: these words, or files. */
	choices?: readonly string[] | 'files';
}
