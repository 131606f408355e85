import assert from 'node:assert/strict';
import { foldPart } from '../../../../src/common/foldParts.ts';
import { emptyTurn, type Turn } from '../../../../src/common/turn.ts';
import { Emitter } from '../../../../src/common/lifecycle.ts';
import { foldShownPart, shownLimit, shownTurn, type ShownTurn } from '../../../../src/common/shownTurn.ts';
import type { StreamPart } from '../../../../src/common/streamParts.ts';
import { feedRun } from '../../../../src/host/workshop/runFeed.ts';

/** A run that is pushed by the test. */
class PushedRun {
	turn: Turn = emptyTurn;
	position = 0;
	readonly #parts = new Emitter<{ position: number; part: StreamPart }>();
	readonly onPart = this.#parts.event;

	push(part: StreamPart): void {
		this.turn = foldPart(this.turn, part);
		this.#parts.fire({ position: this.position++, part });
	}
}

describe('feedRun', () => {
	it('numbers batches without a gap and leaves out the text beyond what a page shows [fault 13]', () => {
		const run = new PushedRun();
		run.push({ type: 'thinking', id: 't', text: 'before' });
		let page: ShownTurn = run.turn;
		let position = run.position;
		let sent = 0;
		const feed = feedRun(run, (from, parts) => {
			assert.equal(from, position);
			position += parts.length;
			page = parts.reduce(foldShownPart, page);
			sent += JSON.stringify(parts).length;
		});
		for (let index = 0; index < 100; index++) {
			run.push({ type: 'text', id: 'a', text: 'x'.repeat(100_000) });
		}
		run.push({ type: 'done', stopReason: 'stop' });
		assert.equal(position, run.position);
		assert.deepEqual(page, shownTurn(run.turn));
		assert.ok(sent < shownLimit + 10_000, `${sent} characters`);
		feed.dispose();
	});
});
