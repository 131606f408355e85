import assert from 'node:assert/strict';
import { Batches } from '../../../../../src/host/suites/testing/batches.ts';
import { OutputBuffer } from '../../../../../src/host/suites/testing/outputBuffer.ts';
import { LaterOnce } from '../../../../../src/host/suites/testing/laterOnce.ts';
import { ModelProfiles } from '../../../../../src/host/suites/testing/modelProfiles.ts';
import { until } from '../../../../support/eventually.ts';

const fail = (error: unknown) => assert.fail(String(error));

describe('batches', () => {
	it('do their work in its order and together, without being asked', async () => {
		const batches = new Batches(fail);
		const done: number[] = [];
		for (let number = 0; number < 100; number++) {
			batches.add(() => done.push(number));
		}
		assert.deepEqual(done, []);
		await until(() => done.length > 0, 'the batch');
		assert.deepEqual(
			done,
			Array.from({ length: 100 }, (_, number) => number),
		);
	});

	it('let others work in between', async () => {
		const batches = new Batches(fail);
		let others = 0;
		let isOver = false;
		const count = () => {
			if (!isOver) {
				others++;
				setImmediate(count);
			}
		};
		for (let number = 0; number < 20; number++) {
			batches.add(() => {
				const end = performance.now() + 6;
				while (performance.now() < end);
			});
		}
		count();
		await batches.drain();
		isOver = true;
		assert.ok(others >= 8, `${others} turns of others`);
	});

	it('go on after work that throws, and do what is added meanwhile before they are drained', async () => {
		const errors: unknown[] = [];
		const batches = new Batches((error) => errors.push(error));
		const done: string[] = [];
		batches.add(() => {
			throw new Error('no');
		});
		batches.add(() => batches.add(() => done.push('later')));
		await batches.drain();
		assert.deepEqual([errors.length, done], [1, ['later']]);
	});
});

describe('output of a run', () => {
	it('is handed over in its order and by test, and without one from a number of pieces on', async () => {
		const pieces: [string, unknown][] = [];
		const batches = new Batches(fail);
		const item = { id: 'a' } as never;
		const output = new OutputBuffer({ appendOutput: (text, _at, test) => pieces.push([text, test]) }, batches);
		output.append('plan');
		output.append('one', item);
		output.append('two', item);
		output.append('three');
		await batches.drain();
		assert.deepEqual(pieces, [
			['plan\r\n', undefined],
			['one\r\ntwo\r\n', item],
			['three\r\n', undefined],
		]);
		for (let piece = 0; piece < 120; piece++) {
			output.append('more', item);
			await batches.drain();
		}
		assert.equal(pieces.filter(([, test]) => test === item).length, 100);
		assert.equal(pieces.length, 123);
	});
});

describe('what is done later', () => {
	it('is done once for all calls with the same key, and failures are reported', async () => {
		const errors: unknown[] = [];
		const done: string[] = [];
		const later = new LaterOnce(5, (error) => errors.push(error));
		const work = (key: string) => async () => void done.push(key);
		later.run('a', work('a'));
		later.run('a', work('a'));
		later.run('b', () => Promise.reject(new Error('no')));
		await until(() => done.length > 0 && errors.length > 0, 'both');
		assert.deepEqual([done, errors.length], [['a'], 1]);
		later.run('c', work('c'));
		later.dispose();
		later.run('d', work('d'));
		await until(() => done.includes('d'), 'what came later');
		assert.deepEqual(done, ['a', 'd']);
	});
});

describe('profiles of models', () => {
	it('stay as long as their model, so that VS Code keeps which one is the default', () => {
		const made: string[] = [];
		const gone: string[] = [];
		const profiles = new ModelProfiles((model) => {
			made.push(model);
			return { dispose: () => gone.push(model) };
		});
		profiles.set(['a/1', 'a/2', 'a/1']);
		profiles.set(['a/2', 'a/3']);
		assert.deepEqual([made, gone], [['a/1', 'a/2', 'a/3'], ['a/1']]);
		profiles.dispose();
		assert.deepEqual(gone.sort(), ['a/1', 'a/2', 'a/3']);
	});
});
