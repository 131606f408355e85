const markdown = ['md', 'markdown', 'mdx'];
const table = ['csv', 'tsv', 'json', 'jsonl', 'ndjson'];

/** What follows the last dot of a file name, in lower case; empty if there is no dot. */
export function extensionOf(name: string): string {
	return /\.([^./\\]+)$/u.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** How a file is read: as one article, or as one article per row; undefined if it is not read. */
export function fileKind(name: string): 'markdown' | 'table' | undefined {
	const extension = extensionOf(name);
	return markdown.includes(extension) ? 'markdown' : table.includes(extension) ? 'table' : undefined;
}
