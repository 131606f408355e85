import assert from 'node:assert/strict';
import { column, labPages } from '../support/webview/labPages.ts';
import { answer, assistant, conversationFixture, providedModels, user } from '../unit/lab/support.ts';

const recorded = [
	user('Where is order 7?'),
	{
		role: 'assistant' as const,
		content: [
			{ type: 'tool-call' as const, id: '1', name: 'get_order', input: { id: '7' } },
			{ type: 'tool-result' as const, id: '1', content: 'shipped' },
			{ type: 'text' as const, text: 'It is shipped.' },
		],
	},
];
const plain = [user('Hi'), assistant('Hello')];

describe('the tools of a conversation on the page of the Prompt Lab', () => {
	const open = labPages();

	it('are offered as they were recorded, and calls stream in with their results; or are sent as text', async () => {
		const { models, played } = providedModels((_request, call) =>
			call === 1
				? [
						{ type: 'tool-call', id: 'a', name: 'get_order', input: { id: '7' } },
						{ type: 'tool-call', id: 'b', name: 'get_order', input: { id: '9' } },
						{ type: 'done', stopReason: 'tools' },
					]
				: answer('It is on its way.'),
		);
		const { page, session } = await open({
			fixture: conversationFixture(recorded, plain),
			models,
			settings: { tools: 'recorded' },
		});
		const first = column(page, 0);
		await first.getByText('a recorded call gets its recorded result, any other call fails').waitFor();
		assert.equal(await column(page, 1).getByText('This conversation calls tools').count(), 0);
		await first.getByRole('button', { name: 'Regenerate' }).click();
		await first.getByText('It is on its way.').waitFor();
		const step = first.locator('.step');
		await step.getByText('shipped').first().waitFor();
		await step.locator('.tool-failed button').click();
		await step.getByText('This call was not recorded').waitFor();
		await first.getByText('tools as recorded').waitFor();
		assert.equal(played.requests.length, 2);
		await page.getByLabel('Tools').selectOption('none');
		await first.getByText('no tools are offered to it').waitFor();
		await first.getByRole('button', { name: 'Regenerate' }).click();
		await first.getByText('new 2 of 2').waitFor();
		assert.equal(session.state.takes[1]?.tools, 'none');
		assert.match(JSON.stringify(played.requests.at(-1)?.messages), /"Where is order 7\?"/);
	});

	it('are no choice where no conversation calls any', async () => {
		const { page } = await open({
			fixture: conversationFixture(plain),
			models: providedModels(() => answer('x')).models,
			settings: { tools: 'recorded' },
		});
		await column(page, 0).getByRole('button', { name: 'Regenerate' }).waitFor();
		assert.equal(await page.getByLabel('Tools').count(), 0);
	});
});
