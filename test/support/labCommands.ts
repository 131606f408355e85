import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabRunOptions } from '../../src/common/api.ts';
import { until } from './eventually.ts';
import type { WireServer } from './wire/wireServer.ts';

type Run = (id: string, ...parameters: unknown[]) => PromiseLike<unknown>;

/** The members of the API that belong to the Lab, each with arguments that it takes. */
export const labMembers: Record<string, unknown[]> = {
	listFixtures: [],
	loadFixture: ['Statistics tutor'],
	regenerate: [runOptions()],
	continueConversation: [runOptions()],
};

/** Options of the API's runs, with the built-in guide. */
export function runOptions(): LabRunOptions {
	return {
		messages: [{ role: 'user', content: 'Why is the sky blue?' }],
		systemPrompt: 'You explain physics in two sentences.',
		model: 'offline/guide',
	};
}

/** The Lab's commands, without their prefix, as the manifest declares them. */
export function labCommands(projectRoot: string): string[] {
	const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
		contributes: { commands: { command: string }[] };
	};
	return manifest.contributes.commands
		.map(({ command }) => command.replace(/^promptWorkshop\./, ''))
		.filter((id) => /^(openLab|filterFixtures|lab\..*)$/.test(id))
		.sort();
}

/**
 * Runs every command of the Lab with arguments that make it do its work, on the bundled fixtures and with the model
 * `local/m`, which is the wire server. Answers with what each one answered. `matrixFile`: does not exist yet.
 */
export async function runEveryLabCommand(
	run: Run,
	{ wire, matrixFile }: { wire: WireServer; matrixFile: string },
): Promise<Map<string, unknown>> {
	const { chat } = wire.script;
	const answers = new Map<string, unknown>();
	const call = async (id: string, ...parameters: unknown[]) => {
		const answer = await run(id, ...parameters);
		answers.set(id, answer);
		return answer;
	};
	/** Again until it is done: what a command needs may still be under way. */
	const callAgain = (id: string, ...parameters: unknown[]) =>
		until(async () => (await call(id, ...parameters)) !== undefined, `${id} to do its work`);
	const column = '0/0';
	wire.always('chat', chat({ thinking: 'A thought.', text: 'An answer.' }));
	await call('filterFixtures', 'Teaching');
	await call('openLab', 'Statistics tutor');
	await call('lab.chooseModel', { model: 'local/m' });
	await call('lab.chooseTurn', { column, turn: 1 });
	await call('lab.resetPrompt', { part: 'base' });
	await call('lab.showPrompt', { section: 0 });
	const take = await call('lab.regenerate', { column });
	await call('lab.regenerateAll');
	await callAgain('lab.continue', { column, question: 'And at night?' });
	await call('lab.compare', column);
	await call('lab.showRequest', { take, step: 0 });
	const matrix = { prompts: ['edited', 'recorded'], columns: [column], turns: 'chosen', thinking: ['off'] };
	await call('lab.runMatrix', matrix);
	await call('lab.saveMatrix', { uri: matrixFile });
	await call('lab.closeMatrix');
	wire.always('chat', chat({ text: 'Half of it.', hold: { after: 'text' } }));
	const stopped = await run('lab.regenerate', { column });
	await call('lab.stop', { take: stopped });
	await callAgain('lab.retry', { take: stopped });
	await call('lab.dismiss', { take });
	await call('lab.startOver', true);
	wire.always('chat', chat({ text: '{"rationale":"r","score":"4"}' }));
	await call('openLab', 'Answer quality: faithfulness and refusals');
	await call('lab.chooseModel', { model: 'local/m' });
	await call('lab.score');
	return answers;
}
