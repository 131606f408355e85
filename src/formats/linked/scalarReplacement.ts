import type { SourceNode } from '../source/sourceNode.ts';

interface ScalarReplacement {
	start: number;
	end: number;
	/** The source of a scalar with this value, in the style of the old one where it can hold it. */
	write: (value: string) => string;
}

/** The header of a block scalar at the end of the text before its lines. */
const blockHeader = /([|>])([+-]?\d?[+-]?)([ \t]*(?:[ \t]#[^\n]*)?\n)$/;

/** What replaces a scalar of YAML or JSON. A text of several lines becomes a block if it was one, else it is quoted. */
export function scalarReplacement(text: string, node: SourceNode): ScalarReplacement {
	const { start, end } = node;
	const header = blockHeader.exec(text.slice(0, start));
	if (header) {
		return block(text, start, end, header);
	}
	const source = text.slice(start, end);
	if (source.startsWith("'")) {
		return {
			start,
			end,
			write: (value) => (/\n/.test(value) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`),
		};
	}
	const isPlain = !source.startsWith('"');
	return { start, end, write: (value) => (isPlain && isPlainText(value) ? value : JSON.stringify(value)) };
}

/** Text that means itself without quotation marks, wherever it stands. */
function isPlainText(value: string): boolean {
	return /^[\p{L}][\p{L}\p{N} .,;!'()/-]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value);
}

function block(text: string, start: number, end: number, [whole, style, chomping]: RegExpExecArray): ScalarReplacement {
	const lines = text.slice(start, end);
	const indent = /^(?:[ \t]*\n)*([ \t]*)/.exec(lines)?.[1] ?? '';
	const tail = /\n?(?:[ \t]*\n)*[ \t]*$/.exec(lines)?.[0] ?? '';
	const headerStart = start - whole.length;
	return {
		start: headerStart,
		end,
		write(value) {
			const content = value.trimEnd();
			// The first line of a block gives its indent, which blanks before the text would change.
			const isQuoted = /^[ \t\n]/.test(content) || /[^\P{Cc}\t\n]|[\u2028\u2029]/u.test(content);
			if (isQuoted) {
				return ` ${JSON.stringify(content)}`.trimStart() + tail;
			}
			const written = content
				.split('\n')
				.map((line) => (line === '' ? '' : indent + line))
				.join('\n');
			// A folded text would join its lines.
			return (
				(style === '>' ? `|${chomping ?? ''}${whole.slice(1 + (chomping?.length ?? 0))}` : whole) +
				written +
				tail
			);
		},
	};
}
