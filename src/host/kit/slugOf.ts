/** Letters and digits of any script, joined by hyphens. Used only in paths, so it may be lossy. */
export function slugOf(name: string | null, id: number): string {
	const slug = (name ?? '')
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	return slug || `draft-${id}`;
}
