import * as l10n from '@vscode/l10n';
import type { LabRunOptions } from '../common/api.ts';
import { AppError } from '../common/errors.ts';
import type { StreamPart } from '../common/streamParts.ts';
import { Run } from '../runs/run.ts';
import type { LabContext } from './labContext.ts';
import { toModelMessages } from '../runs/modelMessages.ts';
import { checkRunOptions, type CheckedRunOptions } from './runOptions.ts';

async function* stream(context: LabContext, options: CheckedRunOptions): AsyncGenerator<StreamPart> {
	const { messages, systemPrompt, model, signal: stop, ...rest } = options;
	const request = {
		...rest,
		model: await context.chooseModel(model, stop),
		system: systemPrompt,
		messages: toModelMessages(messages),
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
	yield* stream(context, { ...checked, messages: before });
}

/** Answers a follow-up: `messages` is the conversation so far, ending with the user's follow-up. */
export async function* continueConversation(context: LabContext, options: LabRunOptions): AsyncGenerator<StreamPart> {
	await context.requireFacilitator();
	const checked = checkRunOptions(options, context.settings());
	if (checked.messages.at(-1)?.role !== 'user' || toModelMessages(checked.messages).at(-1)?.role !== 'user') {
		throw noText();
	}
	yield* stream(context, checked);
}
