import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { ReportEntry } from '../../common/reportEntry.ts';
import { anthropicMessages } from './anthropicMessages.ts';
import type { CaptureFormat } from './captureFormat.ts';
import type { CapturedConversation } from './conversationBuilder.ts';
import { entriesOf, inWords, type CaptureEntry } from './entries.ts';
import { Losses } from './losses.ts';
import { openaiChat } from './openaiChat.ts';
import { openaiResponses } from './openaiResponses.ts';
import { plainText } from './plainText.ts';
import { shareGpt } from './shareGpt.ts';

/** Every form that can be captured; the first that recognises a text reads it. */
export const captureFormats: readonly CaptureFormat[] = [
	shareGpt,
	openaiResponses,
	anthropicMessages,
	openaiChat,
	plainText,
];

export interface Capture {
	/** The forms in which the conversations stood. */
	format: string;
	conversations: CapturedConversation[];
	/** What was not kept as it was. */
	report: ReportEntry[];
}

/**
 * Recognises the form of recorded conversations, one or many, and reads them. Throws `validation` that says what was seen
 * and names the forms.
 */
export function captureText(text: string): Capture {
	const losses = new Losses();
	const entries = entriesOf(text, losses);
	const formats = new Set<string>();
	const conversations: CapturedConversation[] = [];
	for (const entry of entries) {
		losses.at(entry.line);
		const read = captureEntry(entry, losses);
		if (read) {
			formats.add(read.format);
			conversations.push(read.conversation);
		} else if (entries.length > 1) {
			const what = entry.line === undefined ? entry.place : 'the line';
			losses.add('dropped', what, `It is no conversation but ${inWords(entry.value)}`);
		}
	}
	if (conversations.length === 0) {
		throw unknownForm(entries);
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

function unknownForm(entries: readonly CaptureEntry[]): AppError {
	const [first] = entries;
	const isJson = first !== undefined && typeof first.value !== 'string';
	const where = first?.place === '' ? 'It' : `In it, ${first?.place}`;
	const seen = isJson ? ` ${where} is ${inWords(first.value)}.` : '';
	const names = captureFormats.map(({ name }) => name).join(', ');
	return new AppError(
		'validation',
		l10n.t('The text is not a conversation in a known format.{0} Known formats: {1}', seen, names),
		{
			info: { field: 'text' },
		},
	);
}
