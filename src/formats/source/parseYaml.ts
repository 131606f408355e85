import { parseEvents, YAMLException, type Event } from 'js-yaml';

const maxDepth = 100;
/** Characters that are parsed again for brackets that are not indented, at most. */
const maxRepeated = 50_000_000;
/** How the parser reports a line in brackets that is not indented enough. */
const deficient = 'deficient indentation';

/**
 * The parser's events. It refuses a closing bracket that is not indented more than its field, which most parsers and
 * people take for right; before such a bracket the line breaks count as blanks. Offsets stay: use the returned text with
 * the events. Throws a `YAMLException`.
 */
export function parseYaml(text: string): { text: string; events: Event[] } {
	let joined = text;
	for (let repeated = 0; ; repeated += text.length) {
		try {
			return { text: joined, events: parseEvents(joined, { maxDepth }) };
		} catch (thrown) {
			const isBracket = thrown instanceof YAMLException && thrown.reason === deficient && repeated < maxRepeated;
			const next = isBracket ? joinedAt(joined, thrown.mark?.position ?? 0) : undefined;
			if (next === undefined) {
				throw thrown;
			}
			joined = next;
		}
	}
}

/** The text with the line break before a closing bracket as a blank; undefined if there is a comment or no bracket. */
function joinedAt(text: string, position: number): string | undefined {
	const before = text.slice(0, position).trimEnd();
	const lastLine = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
	const isBracket = text[position] === ']' || text[position] === '}';
	return isBracket && before.length < position && !/(?:^|\s)#/.test(lastLine)
		? before + ' '.repeat(position - before.length) + text.slice(position)
		: undefined;
}
