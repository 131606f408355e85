import * as l10n from '@vscode/l10n';
import type { StopReason, Usage } from '../common/turn.ts';
import type { ModelPart } from './provider.ts';

export type Emit = (part: ModelPart) => void;

/** How an answer ended, as its terminal event said it. */
export interface Ending {
	stopReason: StopReason;
	/** One line about why, where the provider gives a reason. */
	notice?: string;
	/** The provider's own form of the answer, for the next turn. */
	native: unknown[];
	usage?: Usage;
}

/**
 * Accumulates the events of one API. One object reads one body.
 *
 * An answer is complete with the API's end mark, or with a stated stop reason and a clean end of the body: servers and proxies
 * leave the mark out (vLLM and SGLang `message_stop`, others `[DONE]`), and what states its reason has nothing more to say. A
 * body that ends with neither was cut, whatever it held. A connection that breaks off never comes here.
 */
export interface StreamReader {
	/** Types of events that were not used: unknown ones, and those that add nothing. For the log. */
	readonly ignored: ReadonlySet<string>;
	/** Takes the JSON of one event (or the text `[DONE]`) and emits what is to be shown. True at the end mark. */
	read(data: unknown, emit: Emit): boolean;
	/** Takes a whole answer in place of a stream, from a server that knows no streams. False where the document is none. */
	readDocument(document: unknown, emit: Emit): boolean;
	/** Called after the last event; `marked`: the end mark was there. Undefined when the answer is not complete. */
	end(marked: boolean, emit: Emit): Ending | undefined;
}

/** Why an answer was refused: by a filter of the provider, or by the model itself. */
export function refusalNotice(byFilter: boolean): string {
	return byFilter
		? l10n.t('The provider’s content filter stopped the answer.')
		: l10n.t('The model refused to answer.');
}

/** The notice of an end for a reason that has no name here. */
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
