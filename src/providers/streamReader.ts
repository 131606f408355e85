import * as l10n from '@vscode/l10n';
import type { StopReason, Usage } from '../common/turn.ts';
import type { ModelPart } from './provider.ts';

export type Emit = (part: ModelPart) => void;

/** How an answer ended, according to its terminal event. */
export interface Ending {
	stopReason: StopReason;
	/** One line about why, if the provider gives a reason. */
	notice?: string;
	/** The provider's own form of the answer, for the next turn. */
	native: unknown[];
	usage?: Usage;
}

/**
 * Accumulates the events of one API. One object reads one body.
 *
 * An answer is complete with the API's end mark, or with a stop reason and a clean end of the body: some servers and proxies
 * omit the mark (vLLM and SGLang `message_stop`, others `[DONE]`), and nothing follows a stop reason. A body that ends with
 * neither was truncated, whatever it contains. A connection that breaks off is handled before it gets here.
 */
export interface StreamReader {
	/** Event types that were not used, because they are unknown or add nothing; for the log. */
	readonly ignored: ReadonlySet<string>;
	/** Takes the JSON of one event (or the text `[DONE]`) and emits its parts. True at the end mark. */
	read(data: unknown, emit: Emit): boolean;
	/** Takes a complete answer from a server that does not stream. False if the document is not an answer. */
	readDocument(document: unknown, emit: Emit): boolean;
	/** Called after the last event; `marked`: the end mark has arrived. Undefined if the answer is not complete. */
	end(marked: boolean, emit: Emit): Ending | undefined;
}

/** Why an answer was refused: by a filter of the provider, or by the model itself. */
export function refusalNotice(byFilter: boolean): string {
	return byFilter
		? l10n.t('The provider’s content filter stopped the answer.')
		: l10n.t('The model refused to answer.');
}

/** The notice for an unknown stop reason. */
export function unknownReason(reason: string): string {
	return l10n.t('The server ended the answer with the reason "{0}".', reason.slice(0, 60));
}

/** An error that arrived inside a stream whose status was 200. */
export class ProviderErrorEvent extends Error {
	readonly body: unknown;

	constructor(body: unknown) {
		super('The provider reported an error in the stream');
		this.body = body;
	}
}
