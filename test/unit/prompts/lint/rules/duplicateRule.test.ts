import assert from 'node:assert/strict';
import { findingsOf, fixed, marked } from '../../../../support/lintCase.ts';
import { processorTime } from '../../../../support/processorTime.ts';

const severities = (text: string) => findingsOf('duplicate-rule', text).map(({ severity }) => severity);

describe('duplicate-rule', () => {
	it('finds the same rule twice, whatever its marks and case, and names the first line', () => {
		const text =
			'- Never mention internal ticket numbers to customers.\n- Be kind.\n- **never mention** internal ticket numbers to customers';
		assert.deepEqual(marked('duplicate-rule', text), ['**never mention** internal ticket numbers to customers']);
		assert.deepEqual(severities(text), ['warning']);
		assert.match(findingsOf('duplicate-rule', text)[0]?.message ?? '', /line 1$/);
	});

	it('mentions a rule in nearly the same words', () => {
		const text =
			'Quote the exact paragraph of the contract before you explain what it means for tenants.\nBe kind.\n' +
			'Always quote the exact paragraphs of the contract before you explain what this means for a tenant.';
		assert.deepEqual(severities(text), ['information']);
	});

	for (const text of [
		'Overviews have at most 300 words and close with a list of sources.\nComparisons have at most 500 words and close with a list of sources.',
		'Mention the internal price list of the current year to partners.\nDo not mention the internal price list of the current year to partners.',
		'- Be brief.\n- Be brief.',
		'- https://example.org/docs/guides/one/two/three\n- https://example.org/docs/guides/one/two/three',
		'**Reason**: [why this was chosen over others]\n\n**Reason**: [why this was chosen over others]',
		'<example>\nThank you for your message about the invoice.\n</example>\n<example>\nThank you for your message about the invoice.\n</example>',
		'```\nNever mention internal ticket numbers to customers.\n```\nNever mention internal ticket numbers to customers.',
		'Use `get_topic_articles` for what is new in the collection.\nUse `get_article_categories` for what is new in the collection.',
	]) {
		it(`leaves ${JSON.stringify(text)} alone`, () => {
			assert.deepEqual(marked('duplicate-rule', text), []);
		});
	}

	it('removes a repeated bullet of one line, and nothing else', () => {
		const rule = 'Never mention internal ticket numbers to customers.';
		assert.equal(
			fixed('duplicate-rule', `- ${rule}\n- Be kind.\n- ${rule}\n- Be brief.\n`),
			`- ${rule}\n- Be kind.\n- Be brief.\n`,
		);
		assert.equal(fixed('duplicate-rule', `- ${rule}\n- ${rule}\n  - but to staff\n`), undefined);
		assert.equal(fixed('duplicate-rule', `1. ${rule}\n2. ${rule}\n3. Be kind.`), undefined);
		assert.equal(fixed('duplicate-rule', `${rule} ${rule}`), undefined);
	});

	it('takes linear time for many rules that share most of their words [attack 10]', () => {
		const rules = Array.from(
			{ length: 5_000 },
			(_, index) => `Name the seven common words that every rule has, then w${index}x.`,
		);
		const time = processorTime();
		assert.deepEqual(marked('duplicate-rule', rules.join('\n\n')), []);
		assert.ok(time() < 600, `${time()} ms`);
	});
});
