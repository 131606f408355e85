import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ScriptStep } from './scriptedModels.ts';
import { testWorkshop } from './testWorkshop.ts';

/**
 * A window's workshop in a process of its own: `node child.ts <folder>`. A command is done as often as it says, all at the
 * same moment, and answered by one line of JSON: what each came to, or why it failed.
 */
const [folder = ''] = process.argv.slice(2);
const t = await testWorkshop({}, folder);

const prompt = 'You answer questions about releases. Cite every claim with a link to the article it comes from.';
const request: ScriptStep = {
	type: 'request',
	request: { method: 'POST', url: 'https://example.com', headers: {}, body: '{}' },
};

let go = () => {};
const told = new Promise<void>((resolve) => {
	go = resolve;
});

const commands: Record<string, (argument: string) => Promise<unknown>> = {
	starts: async () => {
		t.models.says('It breaks nothing.', request);
		const { draft, run } = await t.workshop.start({ startingPrompt: prompt });
		await run.finished;
		return draft.id;
	},
	tests: async (draftId) => {
		t.models.says('It breaks nothing.', request);
		const options = { testQuery: 'What breaks in version 24?', topic: 'news' };
		const run = await t.workshop.test(Number(draftId), options);
		await run.finished;
		return run.turn.error?.message ?? run.key;
	},
	/** A message whose answer goes on after `go`. */
	sends: async (draftId) => {
		t.models.says('Shorter now.', { type: 'text', id: 'half', text: 'Half. ' }, () => told);
		const run = await t.workshop.send(Number(draftId), 'Make it shorter');
		await run.finished;
		return run.turn.error?.message ?? run.key;
	},
	go: async () => go(),
	exports: async (file) => {
		await t.store.exportDatabase(file);
		return 'exported';
	},
};

function say(word: string, value: unknown): void {
	writeSync(1, `${word} ${JSON.stringify(value)}\n`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
	const [command = '', count = '', ...rest] = line.split(' ');
	const work = commands[command];
	if (work) {
		const all = Array.from({ length: Number(count) }, () => work(rest.join(' ')).catch(String));
		void Promise.all(all).then((answers) => say(command, answers));
	}
});
say('ready', folder);
