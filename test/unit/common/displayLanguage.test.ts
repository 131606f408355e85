import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { endWord } from '../../../src/common/endWord.ts';
import { createFormatter } from '../../../src/webview/shared/format.ts';
import { endAnnouncement } from '../../../src/webview/shared/turnEnding.ts';
import { tooLarge } from '../../../src/lab/parseFixture.ts';

describe('texts in the display language', () => {
	afterEach(() => l10n.config({ contents: {} }));

	const blocks = [{ type: 'text' as const, id: 'a', text: 'Halb' }];
	const announcement = () => endAnnouncement({ blocks }, 'complete', createFormatter('en'));
	const refusal = () => tooLarge(21_000_000, 'a.json').message;

	it('are those of the bundle, with their values, in words, announcements and errors', () => {
		l10n.config({
			contents: {
				'cut off': 'abgeschnitten',
				'The answer is complete: {0} characters': 'Die Antwort ist vollständig, {0} Zeichen',
				'{0} is {1} MB; the limit is 20 MB': '{0}: zu groß ({1} MB)',
			},
		});
		assert.equal(endWord('truncated'), 'abgeschnitten');
		assert.equal(announcement(), 'Die Antwort ist vollständig, 4 Zeichen');
		assert.match(refusal(), /^a\.json: zu groß \(2\d(\.\d)? MB\)$/);
	});

	it('are in English where the bundle has none', () => {
		assert.equal(endWord('truncated'), 'cut off');
		assert.equal(announcement(), 'The answer is complete: 4 characters');
		assert.match(refusal(), /; the limit is 20 MB$/);
	});
});
