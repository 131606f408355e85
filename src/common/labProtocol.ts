import type { LabChange, LabPromptField, LabSettings, LabState, ShownFixture } from './labState.ts';
import type { ThinkingLevel } from './model.ts';
import type { ShownMessage } from './recordedTurn.ts';

/** What the Lab's page is built from. The page requests it when it starts, is shown again or missed an event. */
export interface LabSnapshot {
	state: LabState<ShownFixture>;
	/** Milliseconds that each running step has taken so far, by `take/step`. */
	running: Record<string, number>;
	/** True when this state was kept across a reload. */
	restored: boolean;
	locale: string;
	/** What a command asked to show before the page was ready. */
	show: LabShow | null;
}

/** What the page shows: all conversations, the matrix, or the regenerations of one conversation. */
export interface LabShow {
	view: 'conversations' | 'matrix';
	comparing: string | null;
}

/** A prompt that may be a column of the matrix. `edited` and `recorded` are the Lab's own. */
export interface LabPromptChoice {
	id: string;
	label: string;
	detail: string;
}

export interface LabMatrixChoice {
	/** Ids of prompts. */
	prompts: string[];
	columns: string[];
	turns: 'chosen' | 'all';
	thinking: ThinkingLevel[];
}

export interface LabMatrixEstimate {
	calls: number;
	/** Estimated at four characters a token. */
	inputTokens: number;
	/** US dollars for the input alone; null if the model's price is not known. */
	inputCostUsd: number | null;
	maxCells: number;
}

/** A type rather than an interface, so that it fits the index signatures of `Protocol`. */
export type LabProtocol = {
	requests: {
		snapshot: { params: null; result: LabSnapshot };
		/**
		 * Recorded messages of a conversation, by their indices. The result has the first of them: as many as fit into one
		 * message to the page, but at least one.
		 */
		messages: { params: { column: string; indices: number[] }; result: ShownMessage[] };
		edit: { params: { field: LabPromptField; text: string | null }; result: null };
		choose: { params: { column: string; turn: number }; result: null };
		configure: { params: Partial<Omit<LabSettings, 'model'>>; result: null };
		/** Lets the user choose a model from a quick pick of the editor. */
		chooseModel: { params: Record<string, never>; result: null };
		regenerate: { params: { column: string }; result: string };
		regenerateAll: { params: Record<string, never>; result: string[] };
		continueTake: { params: { take: string; question: string }; result: null };
		continueRecorded: { params: { column: string; question: string }; result: string };
		score: { params: { items?: { section: number; item: number }[] }; result: null };
		/** Stops one take, or everything that is running. */
		stop: { params: { take?: string }; result: null };
		/** Runs the last answer of a take again if it did not end normally. */
		retry: { params: { take: string }; result: null };
		dismiss: { params: { take: string }; result: null };
		/** Drops all edits, regenerations and scores of this fixture. */
		startOver: { params: Record<string, never>; result: null };
		promptChoices: { params: Record<string, never>; result: LabPromptChoice[] };
		matrixEstimate: { params: LabMatrixChoice; result: LabMatrixEstimate };
		startMatrix: { params: LabMatrixChoice; result: null };
		closeMatrix: { params: Record<string, never>; result: null };
		/** Asks for a location and writes the results there as JSON. False if the user chose none. */
		saveMatrix: { params: Record<string, never>; result: boolean };
		showRequest: { params: { take: string; step: number }; result: null };
		/** Opens a complete block of a turn as a document: step `index` of a take, or message `index` of a column. */
		openText: { params: { of: string; index: number; block: number }; result: null };
		openLink: { params: { url: string }; result: null };
		copy: { params: { text: string }; result: null };
		sendToDraft: { params: { section: number }; result: null };
	};
	events: {
		changes: LabChange[];
		/** A state that replaces everything (after `startOver`). */
		replaced: LabState<ShownFixture>;
		show: LabShow;
	};
};
