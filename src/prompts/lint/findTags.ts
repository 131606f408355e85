/** A tag in the form of XML or HTML. */
export interface Tag {
	name: string;
	kind: 'opening' | 'closing' | 'empty';
	start: number;
	end: number;
}

const form = /<(\/?)([a-z][\w.:-]{0,99})((?:\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*(\/?)>/gi;

/** The tags of a prose, in order. Comments, declarations and what only begins like a tag are left out. */
export function findTags(prose: string): Tag[] {
	return prose.includes('<')
		? Array.from(prose.matchAll(form), ({ 0: tag, 1: closing, 2: name = '', 4: empty, index }) => ({
				name,
				kind: closing !== '' ? 'closing' : empty !== '' ? 'empty' : 'opening',
				start: index,
				end: index + tag.length,
			}))
		: [];
}
