import assert from 'node:assert/strict';
import { defaultPrompt } from '../../../src/workshop/defaultPrompt.ts';
import { lintPrompt } from '../../../src/workshop/lintPrompt.ts';

const filler =
	'You are Auspex. Cite each claim with an inline link to its article, and say what the articles leave open. ';

function found(text: string): string[] {
	return lintPrompt(filler + text).map(({ code, start, end }) => `${code}: ${(filler + text).slice(start, end)}`);
}

describe('lintPrompt', () => {
	it('finds nothing in the default prompt and in a plain good one', () => {
		assert.deepEqual(lintPrompt(defaultPrompt.content), []);
		assert.deepEqual(found(''), []);
	});

	it('warns of a text under 50 characters and mentions an empty one and one under 100', () => {
		assert.deepEqual(
			[lintPrompt(''), lintPrompt('Cite.'), lintPrompt(`Cite. ${'x'.repeat(60)}`)].map((findings) =>
				findings.map(({ code, severity, end }) => [code, severity, end]),
			),
			[[['too-short', 'information', 0]], [['too-short', 'warning', 5]], [['too-short', 'information', 66]]],
		);
	});

	it('misses a citation rule', () => {
		const [finding] = lintPrompt(`Answer well.\n${'Be brief. '.repeat(20)}`);
		assert.equal(finding?.code, 'no-citation-rule');
		assert.deepEqual([finding.start, finding.end], [0, 12]);
	});

	it('finds tool names that no topic offers, and no other names', () => {
		assert.deepEqual(
			found(
				'Use `web_search` first, then fetch_page(url); `get_topic_articles(topic, limit, days_back)` with `days_back`. Keep snake_case words.',
			),
			['unknown-tool: web_search', 'unknown-tool: fetch_page'],
		);
	});

	it('finds braces that do not pair', () => {
		assert.deepEqual(found('For {{audience}}, {{tone\nand }} or {{a}}.'), [
			'unbalanced-braces: {{',
			'unbalanced-braces: }}',
		]);
	});

	it('finds the same heading twice below one parent, not in other places or in code', () => {
		assert.deepEqual(found('\n# A\n## Style\nx\n# B\n## Style\ny\n```\n# A\n```\n'), []);
		assert.deepEqual(found('\n# Style\nx\n# Tools\ny\n# style\nz'), ['duplicate-heading: # style']);
	});

	it('finds word limits that exclude each other', () => {
		assert.deepEqual(found('Use at most 200 words. Overviews have at least 1,500 words.'), [
			'contradictory-length: at least 1,500 words',
		]);
		assert.deepEqual(found('At least 100 words, at most 200 words.'), []);
	});

	it('finds placeholders and code blocks that are not closed', () => {
		assert.deepEqual(
			found('TODO: ask. You work for [insert company]. See [your article](url). todo lists are fine.'),
			['placeholder: TODO', 'placeholder: [insert company]'],
		);
		assert.deepEqual(found('\n```json\n{}\n'), ['open-fence: ```json']);
	});

	it('finds what cannot be seen, with the direction marks as errors, and leaves joined emoji and words alone [attack 9]', () => {
		const text = `${filler}a\u200bb \u202eevil\u202c \u{e0041} \ud800 👩‍💻 می‌خواهم 👍🏽‍`;
		assert.deepEqual(
			lintPrompt(text).map(({ message, severity }) => `${severity} ${/U\+\w+/.exec(message)?.[0]}`),
			['warning U+200B', 'error U+202E', 'error U+202C', 'warning U+E0041', 'warning U+D800', 'warning U+200D'],
		);
		assert.deepEqual(lintPrompt(`\ufeff${filler}`), []);
	});

	it('stays quick on huge hostile texts and gives 100 findings at most [attack 10]', function () {
		this.timeout(4000);
		for (const piece of ['{{', '[insert ', '<your ', '# a\n', '\u200b', '`a_b`', 'at least 9 words ', '> ']) {
			assert.ok(lintPrompt(piece.repeat(20_000)).length <= 100, piece);
		}
	});
});
