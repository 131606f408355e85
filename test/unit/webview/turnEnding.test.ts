import assert from 'node:assert/strict';
import type { StopReason } from '../../../src/common/turn.ts';
import { turnEnd, turnEnds } from '../../../src/common/turnEnd.ts';
import { createFormatter } from '../../../src/webview/shared/format.ts';
import { endAnnouncement, modelText, turnEnding } from '../../../src/webview/shared/turnEnding.ts';

const format = createFormatter('en');
const ending = (stopReason: StopReason, notice?: string) => {
	const turn = { stopReason, ...(notice !== undefined && { notice }) };
	return turnEnding(turn, turnEnd(turn));
};

describe('Why a turn ended', () => {
	it('is not worth a word where it came to its end', () => {
		assert.equal(ending('stop'), undefined);
		assert.equal(ending('unknown'), undefined);
	});

	it('is said in the words of the product, or in those of the provider where it gave a reason', () => {
		assert.deepEqual(
			(['cancelled', 'length', 'refusal', 'tools'] as const).map((reason) => ending(reason)),
			[
				'Stopped. The partial answer is kept.',
				'Cut off at the limit of output tokens (setting promptWorkshop.maxTokens).',
				'The model declined to answer.',
				'The answer ended with tool calls that could not be run.',
			],
		);
		assert.equal(ending('refusal', 'The model refused to answer: bio'), 'The model refused to answer: bio');
		assert.equal(ending('length', 'The context is full'), 'The context is full');
		assert.equal(ending('unknown', 'The server ended with the reason "x"'), 'The server ended with the reason "x"');
	});
});

describe('What is announced at the end of a turn', () => {
	const blocks = [
		{ type: 'text' as const, id: 'a', text: 'Half' },
		{ type: 'text' as const, id: 'b', text: 'way' },
	];

	it('is another sentence for every end, with the characters that streamed', () => {
		const said = turnEnds.map((end) => endAnnouncement({ blocks }, end, format));
		assert.equal(new Set(said).size, turnEnds.length);
		assert.ok(said.every((sentence) => sentence.includes('7 characters')));
		assert.deepEqual(
			said.filter((sentence) => sentence.includes('complete')),
			['The answer is complete: 7 characters'],
		);
	});

	it('holds the reason of a failure and of a refusal', () => {
		const error = { code: 'network' as const, message: 'The connection broke.', retryable: true };
		assert.match(endAnnouncement({ blocks, error }, 'failed', format), /failed after .* The connection broke\.$/);
		assert.match(endAnnouncement({ blocks, notice: 'Refused: bio' }, 'refused', format), /Refused: bio$/);
	});
});

describe('The model of a turn', () => {
	it('is the one that was asked, with the one that answered where that is another', () => {
		assert.equal(modelText('a/asked', null), 'a/asked');
		assert.equal(modelText('a/asked', 'a/other'), 'a/asked, answered by a/other');
	});
});
