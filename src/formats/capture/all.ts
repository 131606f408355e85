import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { anthropicMessages } from './anthropicMessages.ts';
import type { CaptureFormat } from './captureFormat.ts';
import type { CapturedConversation } from './conversationBuilder.ts';
import { entriesOf, describeValue, type CaptureEntry } from './entries.ts';
import { Losses } from './losses.ts';
import { openaiChat } from './openaiChat.ts';
import { openaiResponses } from './openaiResponses.ts';
import { plainText } from './plainText.ts';
import { shareGpt } from './shareGpt.ts';

/** Every format that can be captured. The first one that recognises a text reads it. */
export const captureFormats: readonly CaptureFormat[] = [
	shareGpt,
	openaiResponses,
	anthropicMessages,
	openaiChat,
	plainText,
];

export interface Capture {
	/** The formats that were recognised, joined by commas. */
	format: string;
	conversations: CapturedConversation[];
	/** What was changed or dropped. */
	report: ReportEntry[];
}

/**
 * Detects the format of one or many recorded conversations and reads them. Throws a `validation` error that describes
 * the input and lists the known formats.
 */
export function captureText(text: string): Capture {
	const losses = new Losses();
	const entries = entriesOf(text, losses);
	const formats = new Set<string>();
	const conversations: CapturedConversation[] = [];
	for (const entry of entries) {
		losses.setLine(entry.line);
		const read = captureEntry(entry, losses);
		if (read) {
			formats.add(read.format);
			conversations.push(read.conversation);
		} else if (entries.length > 1) {
			const what = entry.line === undefined ? entry.place : l10n.t('the line');
			losses.add('dropped', what, l10n.t('It is not a conversation but {0}', describeValue(entry.value)));
		}
	}
	if (conversations.length === 0) {
		throw unknownFormat(entries);
	}
	return { format: [...formats].join(', '), conversations, report: losses.report() };
}

function captureEntry(
	{ value }: CaptureEntry,
	losses: Losses,
): { format: string; conversation: CapturedConversation } | undefined {
	for (const format of captureFormats) {
		const conversation = format.read(value, losses);
		if (conversation?.messages.some(({ content, thinking }) => content.length > 0 || thinking)) {
			return { format: format.id, conversation };
		}
	}
	return undefined;
}

function unknownFormat(entries: readonly CaptureEntry[]): AppError {
	const [first] = entries;
	const isJson = first !== undefined && typeof first.value !== 'string';
	const seen = isJson ? ` ${seenText(first)}` : '';
	const names = captureFormats.map(({ name }) => name).join(', ');
	return new AppError(
		'validation',
		l10n.t('The text is not a conversation in a known format.{0} Known formats: {1}', seen, names),
		{
			info: { field: 'text' },
		},
	);
}

function seenText({ place, value }: CaptureEntry): string {
	return place === ''
		? l10n.t('It is {0}.', describeValue(value))
		: l10n.t('In it, {0} is {1}.', place, describeValue(value));
}
