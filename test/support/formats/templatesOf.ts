import fc from 'fast-check';

/** Texts of up to eight pieces: `inline` ones stand anywhere, each of the others in a line of its own. */
export function templatesOf(inline: fc.Arbitrary<string>, alone: fc.Arbitrary<string>): fc.Arbitrary<string> {
	const piece = fc.oneof(
		fc.tuple(inline, fc.constantFrom(' ', '\n', '\n\n')).map(([text, space]) => text + space),
		alone.map((line) => `\n${line}\n`),
	);
	return fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `Begin ${pieces.join('')}end.`);
}
