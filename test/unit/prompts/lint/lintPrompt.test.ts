import assert from 'node:assert/strict';
import { lintPrompt } from '../../../../src/prompts/lint/lintPrompt.ts';
import { defaultPrompt } from '../../../../src/workshop/defaultPrompt.ts';

const filler =
	'You are Auspex. Cite each claim with an inline link to its article, and say in one sentence what is open. ';

function found(text: string, severities = {}): string[] {
	return lintPrompt(text, { severities }).map(({ code, severity }) => `${code} ${severity}`);
}

describe('lintPrompt', () => {
	it('finds nothing in the default prompt', () => {
		assert.deepEqual(lintPrompt(defaultPrompt.content), []);
	});

	it('sorts by position and gives 100 findings at most', () => {
		const findings = lintPrompt(`${filler}TODO: {{#a}} [insert name] \u200b ${'TODO: '.repeat(200)}`);
		assert.equal(findings.length, 100);
		assert.deepEqual(
			findings.slice(0, 4).map(({ code }) => code),
			['placeholder', 'template-syntax', 'placeholder', 'invisible-character'],
		);
	});

	it('follows the severities that it is given, and ignores what is none', () => {
		const text = `${filler}TODO: ask`;
		assert.deepEqual(found(text), ['placeholder warning']);
		assert.deepEqual(found(text, { placeholder: 'information' }), ['placeholder information']);
		assert.deepEqual(found(text, { placeholder: 'off' }), []);
		assert.deepEqual(found(text, { placeholder: 7, other: 'off' }), ['placeholder warning']);
		assert.deepEqual(found(`${filler}\u202e`, { 'invisible-character': 'warning' }), [
			'invisible-character warning',
		]);
	});

	it('is quick on a text of any length [attack 10]', () => {
		assert.ok(lintPrompt('Some words. '.repeat(500_000)).length <= 100);
	});
});

describe('comments that switch rules off', () => {
	const places = (text: string) =>
		lintPrompt(filler + text)
			.filter(({ code }) => code === 'placeholder')
			.map(({ start }) => start - filler.length);

	for (const [text, expected] of [
		['\nTODO', [1]],
		['\n<!-- lint-disable placeholder -->\nTODO\nTODO', []],
		['\n<!-- lint-disable -->\nTODO', []],
		['\n<!-- lint-disable open-fence, placeholder -->\nTODO', []],
		['\n<!-- lint-disable open-fence -->\nTODO', [34]],
		['\nTODO <!--lint-disable placeholder-->', []],
		['\n<!-- lint-disable -->\nTODO\n<!-- lint-enable placeholder -->\nTODO', [61]],
		['\n<!-- lint-disable-next-line placeholder -->\nTODO\nTODO', [50]],
		['\r\n<!-- lint-disable-next-line -->\r\nTODO\r\nTODO', [41]],
		['\n<!-- lint-disable-nothing -->\nTODO', [31]],
		['\n<!-- lint-enable placeholder -->\nTODO', [34]],
	] as const) {
		it(JSON.stringify(text), () => {
			assert.deepEqual(places(text), expected);
		});
	}
});
