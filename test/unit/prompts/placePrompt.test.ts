import assert from 'node:assert/strict';
import { placePrompt } from '../../../src/prompts/placePrompt.ts';

describe('the place of a prompt', () => {
	const further = [{ role: 'user' as const, content: 'q' }];

	it('is the system prompt, or the first message of the user, which needs no other', () => {
		assert.deepEqual(placePrompt('system', 'p', further), { system: 'p', messages: further });
		assert.deepEqual(placePrompt('user', 'p', []), { system: '', messages: [{ role: 'user', content: 'p' }] });
		assert.deepEqual(placePrompt('user', 'p', further), {
			system: '',
			messages: [{ role: 'user', content: 'p' }, ...further],
		});
	});
});
