/** The ui tests that take longest, from the longest down. */
const longest = [
	'storageFaults',
	'windows',
	'otherStores',
	'providers',
	'library',
	'restricted',
	'topics',
	'modelQuestion',
	'workshopDialogs',
	'windowsOfBothKinds',
	'firstPrompt',
];

/**
 * Test files in an order that ends early when several run at a time: a long one that began last would run alone.
 * Files that are not known to be long keep their order.
 */
export function longestFirst(files: readonly string[]): string[] {
	const rank = (file: string) => {
		const found = longest.findIndex((name) => file.endsWith(`/${name}.test.ts`));
		return found === -1 ? longest.length : found;
	};
	return files.toSorted((one, other) => rank(one) - rank(other));
}
