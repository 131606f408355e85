import assert from 'node:assert/strict';
import { temporaryFolder } from '../../support/storage/folders.ts';
import { Window } from '../../support/storage/windows.ts';

describe('several windows on one store', function () {
	this.timeout(60_000);
	let folder: string;
	let remove: () => Promise<void>;

	beforeEach(async () => {
		({ folder, remove } = await temporaryFolder());
	});

	afterEach(async () => {
		await Window.killAll();
		await remove();
	});

	const open = async (label: string, halt = '') => {
		const window = new Window(folder, label, halt);
		await window.next(/^ready/);
		return window;
	};

	it('three that start at once on an empty folder share one store and all write', async () => {
		const windows = ['a', 'b', 'c'].map((label) => new Window(folder, label));
		await Promise.all(windows.map((window) => window.next(/^ready/)));
		await Promise.all(
			windows.map(async (window, index) => {
				for (const count of [1, 2, 3]) {
					assert.match(await window.ask(`write ${'abc'[index]}${count}`, /^(ack|fail)/), /^ack/);
				}
			}),
		);
		const read = await Promise.all(windows.map((window) => window.ask('read', /^read/)));
		assert.equal(new Set(read).size, 1, 'all see the same');
		assert.equal(read[0]?.split(',').length, 9);
	});

	it('see each other’s changes without asking', async () => {
		const [a, b] = [await open('a'), await open('b')];
		assert.equal(await b.ask('status', /^status/), 'status following');
		await a.ask('write one', /^ack/);
		assert.equal(await b.next(/^change/), 'change 1');
		await b.ask('write two', /^ack/);
		assert.equal(await a.next(/^change 2/), 'change 2');
		assert.equal(await a.ask('status', /^status/), 'status following');
		assert.equal(await b.ask('status', /^status/), 'status owner');
	});

	for (const phase of ['append', 'sync', 'acknowledge'] as const) {
		it(`the owner killed in ${phase}: the other one writes at once [fault 5]`, async () => {
			const a = await open('a', `${phase}:3`);
			const b = await open('b');
			// Two records make the store: schema and seed are the first.
			await a.ask('write one', /^(ack|halted)/);
			a.send('write two');
			await a.next(/^halted/);
			await a.kill();
			await b.ask('write three', /^ack/);
			assert.match(
				await b.ask('read', /^read/),
				phase === 'append' ? /^read (one,)?three$/ : /^read one,(two,)?three$/,
			);
			assert.equal(await b.ask('status', /^status/), 'status owner');
		});
	}

	it('a stopped owner: the other one says so, takes over when told to, and the woken one goes on [fault 5]', async () => {
		const [a, b] = [await open('a'), await open('b')];
		await a.ask('write one', /^ack/);
		a.signal('SIGSTOP');
		assert.match(await b.ask('write two', /^(ack|fail)/), /^fail two Not saved\. Another window holds the store/);
		assert.equal(await b.ask('status', /^status/), 'status following silent');
		assert.equal(await b.ask('read', /^read/), 'read one');
		await b.ask('fence', /^fenced/);
		await b.ask('write three', /^ack/);
		a.signal('SIGCONT');
		await a.ask('write four', /^ack/);
		assert.equal(await a.ask('read', /^read/), 'read one,three,four');
		assert.equal(await b.ask('read', /^read/), 'read one,three,four');
	});

	it('stopped between sync and acknowledgement: what the next owner has read is acknowledged, once', async () => {
		const a = await open('a', 'acknowledge:2');
		const b = await open('b');
		a.send('write one');
		await a.next(/^halted/);
		await b.ask('fence', /^fenced/);
		await b.ask('write two', /^ack/);
		a.signal('SIGCONT');
		await a.next(/^ack one/);
		assert.equal(await a.ask('read', /^read/), 'read one,two');
		assert.equal(await b.ask('read', /^read/), 'read one,two');
	});

	it('stopped in the middle of a record: it is refused when the window wakes, and nothing of it is left', async () => {
		const a = await open('a', 'append:2');
		const b = await open('b');
		a.send('write one');
		await a.next(/^halted/);
		await b.ask('fence', /^fenced/);
		await b.ask('write two', /^ack/);
		a.signal('SIGCONT');
		assert.match(await a.next(/^(ack|fail)/), /^fail one Not saved\. Another window has taken over/);
		assert.equal(await a.ask('read', /^read/), 'read two');
		await a.ask('write three', /^ack/);
		assert.equal(await b.ask('read', /^read/), 'read two,three');
	});

	it('a closed window leaves nothing to wait for', async () => {
		const a = await open('a');
		await a.ask('write one', /^ack/);
		await a.ask('close', /^closed/);
		const b = await open('b');
		assert.equal(await b.ask('status', /^status/), 'status owner');
		assert.equal(await b.ask('read', /^read/), 'read one');
	});
});
