import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportEntry } from '../../../../src/common/reportEntry.ts';
import { isAppError } from '../../../../src/common/errors.ts';
import { readLongLines } from '../../../../src/host/exchange/readLongLines.ts';
import { maxFixtureBytes } from '../../../../src/lab/parseFixture.ts';
import { projectRoot } from '../../../support/vscode/projectRoot.ts';

const megabyte = 1024 * 1024;

interface Outcome {
	problem?: string;
	formatId: string;
	items: string[][];
	report: ReportEntry[];
	longest: number;
	peak: number;
}

describe('files that are longer than an import may be', function () {
	this.timeout(120_000);
	let folder = '';
	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'long-'));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	/** Writes lines until the file has so many bytes. Resolves to its path and the number of its lines. */
	async function writeLines(name: string, bytes: number, line: (index: number) => string) {
		const file = join(folder, name);
		const stream = createWriteStream(file);
		let count = 0;
		for (let length = 0; length < bytes; count++) {
			const text = `${line(count)}\n`;
			length += text.length;
			if (!stream.write(text)) {
				await once(stream, 'drain');
			}
		}
		stream.end();
		await once(stream, 'close');
		return { file, count };
	}

	async function importedBySmallProcess(file: string): Promise<Outcome> {
		const child = fork(join(projectRoot, 'test/support/formats/longFileChild.ts'), [file], {
			execArgv: ['--max-old-space-size=192'],
		});
		return new Promise((resolve, reject) => {
			child.on('message', (message) => resolve(message as Outcome));
			child.on('error', reject);
			child.on('exit', (code) => reject(new Error(`The process ended with ${code}`)));
		});
	}

	const talk = (index: number) => ({
		question: `Question ${index}: ${'where is my parcel? '.repeat(40)}`,
		answer: `Answer ${index}: ${'it is on its way. '.repeat(40)}`,
	});
	const lines: Record<string, (index: number) => unknown> = {
		sharegpt: (index) => {
			const { question, answer } = talk(index);
			return {
				conversations: [
					{ from: 'human', value: question },
					{ from: 'gpt', value: answer },
				],
			};
		},
		inspect: (index) => ({ id: index, input: talk(index).question, target: talk(index).answer }),
		otel: (index) => ({
			traceId: String(index),
			attributes: {
				'http.request.body': 'not read '.repeat(20),
				'gen_ai.request.model': 'gpt-5-mini',
				'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: talk(index).question }] }],
				'gen_ai.output.messages': [
					{ role: 'assistant', parts: [{ type: 'text', content: talk(index).answer }] },
				],
			},
		}),
		messages: (index) => ({
			messages: [
				{ role: 'user', content: talk(index).question },
				{ role: 'assistant', content: talk(index).answer },
			],
		}),
	};

	for (const [name, line] of Object.entries(lines)) {
		const size = name === 'otel' ? 100 : 30;
		it(`are read line by line by a process with a small heap: ${size} MB of ${name}`, async () => {
			const { file, count } = await writeLines(`${name}.jsonl`, size * megabyte, (index) =>
				JSON.stringify(line(index)),
			);
			const outcome = await importedBySmallProcess(file);
			await rm(file);
			assert.equal(outcome.problem, undefined);
			assert.equal(outcome.formatId, name === 'messages' ? 'sharegpt' : name);
			const [rest] = outcome.report;
			const [, first = '', last = ''] = /^lines ([\d,]+) to ([\d,]+)$/.exec(rest?.what ?? '') ?? [];
			assert.equal(Number(last.replaceAll(',', '')), count);
			const kept = Number(first.replaceAll(',', '')) - 1;
			assert.equal(rest?.line, kept + 1);
			assert.equal(rest.outcome, 'dropped');
			assert.ok(kept > 3_000 && kept < count / 2, `${kept} of ${count}`);
			const counts = outcome.items.flat().join();
			assert.match(counts, new RegExp(`\\b(${kept}|${kept.toLocaleString('en')}) (conversations|cases)`));
			assert.ok(outcome.longest <= maxFixtureBytes, 'the Lab can read the fixture');
			assert.ok(outcome.peak < 450, `${outcome.peak} MB`);
		});
	}

	it('keep a whole log of 40 MB whose lines record each conversation again from its beginning', async () => {
		const turns = 40;
		const message = (index: number, turn: number) => ({
			role: turn % 2 === 0 ? 'user' : 'assistant',
			parts: [{ type: 'text', content: `${index}/${turn}: ${'where is my parcel? '.repeat(40)}` }],
		});
		const { file, count } = await writeLines('growing.jsonl', 40 * megabyte, (line) => {
			const [index, turn] = [Math.floor(line / turns), line % turns];
			const messages = Array.from({ length: 2 * turn + 1 }, (_, at) => message(index, at));
			const answer = message(index, 2 * turn + 1);
			const attributes = { 'gen_ai.input.messages': messages, 'gen_ai.output.messages': [answer] };
			return JSON.stringify({ traceId: String(index), attributes });
		});
		const { problem, items, report } = await importedBySmallProcess(file);
		assert.equal(problem, undefined);
		assert.match(items.flat().join(), new RegExp(`\\b${Math.ceil(count / turns)} conversations`));
		assert.deepEqual(
			report.map(({ what }) => what.replace(/[\d,]+/, 'n')),
			['n lines', 'n spans'],
		);
	});

	it('are refused if they are one JSON document, on one line or many, with size, limit and what to do [attack 9]', async () => {
		const rows = JSON.stringify({ role: 'user', content: 'x'.repeat(1_000) });
		const pretty = await writeLines('pretty.json', 30 * megabyte, (index) => (index === 0 ? '[' : `\t${rows},`));
		const flat = join(folder, 'flat.json');
		await writeFile(flat, `[${`${rows},`.repeat(30_000)}null]`);
		for (const file of [pretty.file, flat]) {
			const { problem, items } = await importedBySmallProcess(file);
			assert.deepEqual(items, []);
			assert.match(problem ?? '', /\.json has (29|30|31) MB\. .*at most 20 MB: split it.*JSON Lines.* 1,024 MB/);
		}
	});

	it('name lines that are too long, and keep the numbers of the others', async () => {
		const row = JSON.stringify(lines['sharegpt']?.(1));
		const file = join(folder, 'lines.jsonl');
		await writeFile(file, ['', '', row, `{"x":"${'x'.repeat(11 * megabyte)}"}`, row].join('\r\n'));
		const selection = await readLongLines(file, 'lines.jsonl');
		assert.deepEqual(selection?.text.split('\n'), ['', '', row, '', row]);
		assert.deepEqual(
			selection.report().map(({ line, outcome }) => [line, outcome]),
			[[4, 'dropped']],
		);
	});

	it('name the line that is not UTF-8', async () => {
		const row = JSON.stringify(lines['sharegpt']?.(1));
		const file = join(folder, 'latin.jsonl');
		await writeFile(file, Buffer.concat([Buffer.from(`\n${row}\n`), Buffer.of(0xff, 0x0a)]));
		await assert.rejects(
			readLongLines(file, 'latin.jsonl'),
			(error) => isAppError(error, 'validation') && /Line 3 is not UTF-8/.test(error.message),
		);
	});

	it('keep of a span what is read of it, and of other spans nothing', async () => {
		const call = { 'gen_ai.input.messages': '[]', 'http.route': '/' };
		const other = JSON.stringify({ traceId: 'b', attributes: { 'http.route': '/' } });
		const file = join(folder, 'spans.jsonl');
		await writeFile(file, `${JSON.stringify({ traceId: 'a', attributes: call })}\n${other}\n{"cut":`);
		assert.equal(
			(await readLongLines(file, 'spans.jsonl'))?.text,
			'[{"traceId":"a","attributes":{"gen_ai.input.messages":"[]"}}]\n\n{"cut":',
		);
	});
});
