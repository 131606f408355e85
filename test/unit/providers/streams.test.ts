import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { chunked, hear, replay, type Heard, type StreamApi } from '../../support/wire/replay.ts';

const folder = join(import.meta.dirname, '../../../fixtures/streams');

interface Expected extends Pick<Heard, 'thinking' | 'text' | 'toolCalls' | 'stopReason'> {
	usage?: Record<string, unknown>;
	notice?: string;
	native?: unknown[];
	errorCode?: string;
}

function check(heard: Heard, expected: Expected): void {
	const { native, errorCode, usage, notice, ...said } = expected;
	const { thinking, text, toolCalls, stopReason } = heard;
	assert.deepEqual({ thinking, text, toolCalls, stopReason }, said);
	assert.equal(heard.error?.code, errorCode);
	assert.equal(heard.notice, notice);
	assert.deepEqual(heard.usage, usage);
	if (errorCode !== undefined) {
		assert.deepEqual(heard.native, [], 'what did not end well is not sent back');
	} else if (native !== undefined) {
		assert.equal(
			JSON.stringify(heard.native),
			JSON.stringify(native),
			'byte for byte, in the order of the provider',
		);
	}
}

describe('Streams of every format, written by hand', function () {
	this.timeout(30_000);
	const files = globSync(join(folder, '*.sse')).sort();

	it('are there', () => {
		assert.ok(files.length >= 27, `${files.length} files`);
	});

	for (const file of files) {
		const name = basename(file, '.sse');
		const api = name.slice(0, name.indexOf('-')) as StreamApi;
		const bytes = readFileSync(file);
		const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected;

		it(`${name}: whole, byte by byte, and cut in two at many places`, async () => {
			check(hear(await replay(api, [bytes])), expected);
			check(hear(await replay(api, chunked(bytes, 1))), expected);
			for (let cut = 1; cut < bytes.length; cut += 29) {
				for (const position of [cut, Math.min(cut + 3, bytes.length - 1)]) {
					check(hear(await replay(api, chunked(bytes, [position]))), expected);
				}
			}
		});

		it(`${name}: with CR and with CRLF, a byte order mark, comments and an unknown field [fault 11]`, async () => {
			const text = bytes.toString('utf8');
			for (const end of ['\r\n', '\r']) {
				const dressed = `\ufeff: hello\n\n${text.replaceAll('data: ', 'id: 7\nretry: 10\n:\nfoo\ndata:')}`;
				const reframed = Buffer.from(dressed.replaceAll('\n', end));
				check(hear(await replay(api, [reframed])), expected);
				check(hear(await replay(api, chunked(reframed, 1))), expected);
			}
		});
	}
});
