import { mutantsOf } from './mutant.ts';

/** The use cases that write, among several windows and on a full disk. */
export const workshopMutants = mutantsOf('src/workshop', 'unit', [
	{
		name: 'filing a draft makes it the one that changed last',
		file: 'fileRecords.ts',
		from: 'drafts.update(owner.draftId, patch, updatedAt)',
		to: 'drafts.update(owner.draftId, patch, new Date().toISOString())',
		tests: ['workshop/fileRecords'],
	},
	{
		name: 'a word that grows is looked for where another was',
		file: 'findRecords.ts',
		from: 'word.includes(other) && ',
		to: '',
		tests: ['workshop/findRecords'],
	},
	{
		name: 'the place of an answer stays taken after it',
		file: 'answerClaim.ts',
		from: 'const given = releaseClaim().then(',
		to: 'const given = Promise.resolve().then(',
		tests: ['workshop/chat'],
	},
	{
		name: 'a message does not wait for the claim of the answer before it',
		file: 'answerClaim.ts',
		from: '\t\tawait claimsGivenBack.get(draftId);\n',
		to: '',
		tests: ['workshop/chat'],
		only: 'still being given back',
	},
	{
		name: 'each window has a place of its own for the answer of one chat',
		file: 'answerClaim.ts',
		from: 'take(`answer-${draftId}`)',
		to: 'take(`answer-${draftId}-${process.pid}`)',
		tests: ['workshop/twoWindows'],
		only: 'two messages into one chat',
	},
	{
		name: 'an answer of a window that was killed streams for ever',
		file: 'chat.ts',
		from: "chats.updateMessage(id, { status: 'interrupted' });",
		to: '',
		tests: ['workshop/twoWindows'],
		only: 'a window that was killed',
	},
	{
		name: 'a full disk stops an answer',
		file: 'chat.ts',
		from: "if (!isAppError(thrown, 'storage')) {",
		to: 'if (thrown) {',
		tests: ['workshop/unstoredRuns'],
	},
	{
		name: 'an end that could not be stored is forgotten',
		file: 'liveRuns.ts',
		from: '\t\t\tthis.#unstored.set(run, settle);\n',
		to: '',
		tests: ['workshop/unstoredRuns'],
	},
	{
		name: 'an end that could not be stored waits for the next start',
		file: 'tidyStore.ts',
		from: "if (status.mode === 'owner') {",
		to: "if (status.mode === 'closed') {",
		tests: ['workshop/unstoredRuns'],
		only: 'on a disk that is full',
	},
]);
