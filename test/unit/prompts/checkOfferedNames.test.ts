import assert from 'node:assert/strict';
import { isAppError } from '../../../src/common/errors.ts';
import { topicToolNames } from '../../../src/common/tools.ts';
import { checkOfferedNames } from '../../../src/prompts/checkOfferedNames.ts';

describe('the names of tools that a model is offered', () => {
	const refused = (names: string[], topic: string | undefined, message: RegExp) =>
		assert.throws(
			() => checkOfferedNames(names, topic),
			(error) => isAppError(error, 'validation') && error.info.field === 'tools' && message.test(error.message),
		);

	it('are there once, and in the form that all APIs accept', () => {
		checkOfferedNames(['get_order', 'Get-Order', 'x'.repeat(64)]);
		refused(['a', 'b', 'a'], undefined, /two tools "a"/);
		for (const name of ['', 'get order', 'größe', 'x'.repeat(65), 'a\n']) {
			refused([name], undefined, /cannot have the name/);
		}
	});

	it('are not those of the tools of the topic; without a topic there are none', () => {
		for (const name of topicToolNames) {
			checkOfferedNames([name], 'General');
			refused(['a', name], 'news', new RegExp(`"${name}" has the name of the search tool "${name}" .*"news"`));
		}
	});
});
