import * as l10n from '@vscode/l10n';
import type { FixtureMessage, LabRunOptions } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { StreamPart } from '../common/streamParts.ts';
import { mockTools } from '../prompts/mockTools.ts';
import { Run } from '../runs/run.ts';
import { toModelMessages } from '../runs/modelMessages.ts';
import type { LabContext } from './labContext.ts';
import { offered } from './offered.ts';
import { recordedTools } from './recordedTools.ts';
import { checkRunOptions, type CheckedRunOptions } from './runOptions.ts';

/** `recorded` is the conversation whose tools are offered if the options name none. */
async function* stream(
	context: LabContext,
	{ messages, systemPrompt, model, tools: mocks, signal: stop, ...rest }: CheckedRunOptions,
	recorded: readonly FixtureMessage[],
): AsyncGenerator<StreamPart> {
	const tools = mocks ? mockTools(mocks) : recordedTools(recorded);
	const request = {
		...rest,
		model: await context.chooseModel(model, stop),
		system: systemPrompt,
		...offered(messages, tools),
		purpose: 'lab' as const,
	};
	yield* new Run({ source: (signal) => context.models().run({ ...request, signal }), signal: stop }).parts();
}

function noText(): AppError {
	return new AppError('validation', l10n.t('messages must end with a user message that has text'), {
		info: { field: 'messages' },
	});
}

/**
 * Regenerates an assistant turn. `messages` is the conversation before the turn; a trailing assistant message is the
 * turn to replace and is not sent. Rejects before the first part if access is denied or an argument is invalid.
 */
export async function* regenerate(context: LabContext, options: LabRunOptions): AsyncGenerator<StreamPart> {
	await context.requireFacilitator();
	const checked = checkRunOptions(options, context.settings());
	const before = checked.messages.slice(0, checked.messages.findLastIndex(({ role }) => role === 'user') + 1);
	if (toModelMessages(before).at(-1)?.role !== 'user') {
		throw noText();
	}
	yield* stream(context, { ...checked, messages: before }, checked.messages);
}

/** Answers a follow-up: `messages` is the conversation so far, ending with the user's follow-up. */
export async function* continueConversation(context: LabContext, options: LabRunOptions): AsyncGenerator<StreamPart> {
	await context.requireFacilitator();
	const checked = checkRunOptions(options, context.settings());
	if (checked.messages.at(-1)?.role !== 'user' || toModelMessages(checked.messages).at(-1)?.role !== 'user') {
		throw noText();
	}
	yield* stream(context, checked, checked.messages);
}
