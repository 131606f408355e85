/** One defence taken away: a text of a source file is replaced by another. */
export interface Mutant {
	name: string;
	/** From the project. */
	file: string;
	/** Stands in the file exactly once. */
	from: string;
	to: string;
	/** Test files from test/, without `.test.ts`, that are run in this order until one fails. */
	tests: readonly string[];
	/** Runs only the tests whose title contains this. */
	only?: string;
}

/** Mutants of one room, whose files and tests are named from there. */
export function mutantsOf(files: string, tests: string, list: readonly Mutant[]): Mutant[] {
	return list.map((mutant) => ({
		...mutant,
		file: `${files}/${mutant.file}`,
		tests: mutant.tests.map((name) => `${tests}/${name}`),
	}));
}
