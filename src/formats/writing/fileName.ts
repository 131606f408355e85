const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A file's name without extension: lower-case letters, digits and hyphens, which every file system takes and none reserves. */
export function fileName(name: string, longest = 60): string {
	const slug = name
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, longest)
		.replace(/^-+|-+$/g, '');
	return slug === '' ? 'prompt' : reserved.test(slug) ? `${slug}-prompt` : slug;
}
