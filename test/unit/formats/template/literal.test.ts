import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asLiteral } from '../../../../src/formats/template/literal.ts';
import { plainTextOf } from '../../../../src/formats/template/templatePieces.ts';
import { renderTemplate } from '../../../../src/prompts/variables/renderTemplate.ts';

const piece = fc.constantFrom(
	'{{',
	'}}',
	'{%',
	'%}',
	'{#',
	'{',
	'}',
	'\\',
	'$',
	'a',
	'.b',
	' ',
	'#',
	'/',
	'^',
	'!',
	'\n',
	'|',
	'upper',
	'é',
);

describe('text that is no template', () => {
	it('renders as it is, and can be written back', () => {
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
				const text = pieces.join('');
				const literal = asLiteral(text);
				assert.deepEqual(renderTemplate(literal, {}), { text });
				assert.equal(plainTextOf(literal), text);
			}),
			{ numRuns: 5_000 },
		);
	});

	it('renders as it is at any length', () => {
		fc.assert(
			fc.property(fc.array(piece, { minLength: 5, maxLength: 30 }), (pieces) => {
				const text = `${pieces.join('')}\n`.repeat(1_000);
				assert.deepEqual(renderTemplate(asLiteral(text), {}), { text });
			}),
			{ numRuns: 100 },
		);
	}).timeout(60_000);

	it('may have more tags than a parser reports at once', () => {
		const text = '{{a b}} {{c}} '.repeat(3_000);
		assert.deepEqual(renderTemplate(asLiteral(text), {}), { text });
	});
});
