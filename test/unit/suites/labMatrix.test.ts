import assert from 'node:assert/strict';
import { initialLabState } from '../../../src/common/labState.ts';
import { matrixReport } from '../../../src/lab/matrixReport.ts';
import { LabSession } from '../../../src/lab/session.ts';
import { CliFolder } from '../../support/cli/testTerminal.ts';
import { problemsOf, readRight } from '../../support/suites/readText.ts';
import { answer, assistant, conversationFixture, labContext, scriptedModels, settled, user } from '../lab/support.ts';

const chats = [
	[user('Where is {{it}}?'), assistant('At the depot.'), user('And mine?'), assistant('Lost.')],
	[user('Hi'), assistant('Hello')],
];

/** The file of a matrix that the Lab has run: two prompts over every turn. */
async function savedMatrix(): Promise<string> {
	const state = initialLabState(conversationFixture(...chats), {
		model: 'test/model',
		thinking: 'off',
		maxTokens: 10,
		replay: 'turn',
	});
	let id = 0;
	const models = scriptedModels((request) => answer(`by ${request.system}`));
	const session = new LabSession(labContext(models), { state, newId: () => String(++id) });
	await session.startMatrix({
		prompts: [
			{ label: 'same', text: () => 'One.' },
			{ label: 'same', text: () => 'Two.' },
		],
		columns: ['0/0', '0/1'],
		turns: 'all',
		thinking: ['off'],
	});
	await settled(session);
	return JSON.stringify(matrixReport(session.state), undefined, '\t');
}

const suite = 'cases:\n  - file: matrix.json\ndefaults: { assert: [{ type: contains, value: Two }] }\n';

describe('a matrix of the Lab as cases', () => {
	it('has the turns as cases and the prompts as variants with their answers', async () => {
		const { cases } = await readRight(suite, { 'matrix.json': await savedMatrix() });
		assert.deepEqual(
			cases.map(({ name, query, expected, outputs, metadata }) => [name, query, expected, outputs, metadata]),
			[
				['One, c0, turn 2, off', 'Where is \\{{it}}?', 'At the depot.'],
				['One, c0, turn 4, off', 'And mine?', 'Lost.'],
				['One, c1, turn 2, off', 'Hi', 'Hello'],
			].map((row) => [...row, { same: 'by One.', 'same (2)': 'by Two.' }, { model: 'test/model' }]),
		);
	});

	it('is graded and compared like any other run', async () => {
		const folder = await CliFolder.make({ 'm.prompttest.yaml': suite, 'matrix.json': await savedMatrix() });
		try {
			const { out } = await folder.run('grade m.prompttest.yaml');
			assert.match(out, /same: 0 of 3, 0 to 56 %/);
			assert.match(out, /same \(2\): 3 of 3, 44 to 100 %/);
			assert.match(out, /same \(A\), same \(2\) \(B\): .*3 cases only B, 0 only A/);
		} finally {
			await folder.remove();
		}
	});

	it('leaves out answers that are not complete, and says where none is', async () => {
		const matrix = JSON.parse(await savedMatrix()) as { cells: { status: string; turn: number }[] };
		for (const cell of matrix.cells.filter(({ turn }) => turn === 4)) {
			cell.status = 'failed';
		}
		const text = JSON.stringify({ ...matrix, cells: [...matrix.cells, 'no cell'] }, undefined, '\t');
		const problems = await problemsOf(suite, { 'matrix.json': text });
		assert.match(problems.join('\n'), /matrix\.json.*"One, c0, turn 4, off" has no complete answer/s);
		assert.match(problems.join('\n'), /This is no cell of a matrix/);
	});
});
