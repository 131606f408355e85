import assert from 'node:assert/strict';
import { isAppError } from '../../../../src/common/errors.ts';
import { resultLines } from '../../../../src/providers/batch/resultLines.ts';
import { never } from '../../../support/wire/batchFile.ts';

const target = {
	id: 'own',
	label: 'Own',
	model: 'm',
	origin: 'https://own',
	loopback: false,
	mask: (text: string) => text,
};

/** A body that arrives in pieces; without an end it stays open until its request is aborted. */
function bodyOf(pieces: Uint8Array[], signal: AbortSignal, hasEnd = true): Response {
	return new Response(
		new ReadableStream<Uint8Array>({
			start(controller) {
				pieces.forEach((piece) => controller.enqueue(piece));
				if (hasEnd) {
					controller.close();
				} else {
					signal.addEventListener('abort', () => controller.error(signal.reason));
				}
			},
		}),
	);
}

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
	const all: string[] = [];
	for await (const line of lines) {
		all.push(line);
	}
	return all;
}

describe('The lines of a file of results', () => {
	it('are the same wherever the bytes are split, with and without a last line break', async () => {
		for (const end of ['', '\n', '\r\n\n']) {
			const bytes = Buffer.from(`{"a":"é🙂"}\n\n{"b":2}${end}`);
			for (let at = 0; at <= bytes.length; at++) {
				const open = async (signal: AbortSignal) => bodyOf([bytes.subarray(0, at), bytes.subarray(at)], signal);
				const lines = await linesOf(resultLines(target, open, never));
				assert.deepEqual(
					lines.map((line) => line.trim()),
					['{"a":"é🙂"}', '{"b":2}'],
				);
			}
		}
	});

	it('are none of an empty body', async () => {
		assert.deepEqual(await linesOf(resultLines(target, async () => new Response(null), never)), []);
	});

	it('end with an error when nothing arrives for too long, and the request is ended', async () => {
		let ended = false;
		const open = async (signal: AbortSignal) => {
			signal.addEventListener('abort', () => (ended = true));
			return bodyOf([Buffer.from('{"a":1}\n{"b"')], signal, false);
		};
		const taken: string[] = [];
		await assert.rejects(
			async () => {
				for await (const line of resultLines(target, open, never, 20)) {
					taken.push(line);
				}
			},
			(error) => isAppError(error, 'network') && error.info.retryable === true,
		);
		assert.deepEqual(taken, ['{"a":1}']);
		assert.ok(ended);
	});

	it('end with an error when the connection breaks, and never with half a line', async () => {
		const open = async () =>
			new Response(
				new ReadableStream<Uint8Array>({
					pull(controller) {
						controller.enqueue(Buffer.from('{"a":1}\n{"b'));
						controller.error(new TypeError('terminated'));
					},
				}),
			);
		await assert.rejects(linesOf(resultLines(target, open, never)), (error) => isAppError(error, 'network'));
	});

	it('close the request when the loop is left', async () => {
		let ended = false;
		const open = async (signal: AbortSignal) => {
			signal.addEventListener('abort', () => (ended = true));
			return bodyOf([Buffer.from('1\n2\n')], signal, false);
		};
		for await (const line of resultLines(target, open, never)) {
			assert.equal(line, '1');
			break;
		}
		assert.ok(ended);
	});
});
