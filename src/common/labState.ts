import type { Fixture, FixtureMessage, FixtureSection } from './api.ts';
import type { ErrorCode } from './errors.ts';
import type { ThinkingLevel } from './model.ts';
import { foldShownPart, type ShownPart, type ShownTurn } from './shownTurn.ts';
import type { TurnEnd } from './turnEnd.ts';

/** A conversation as a page has it: its messages are fetched when they become visible. */
export interface ShownConversation {
	label: string;
	/** Number of recorded messages. */
	count: number;
	/** True if tools were called in it. */
	tools: boolean;
	/** True if it ends with a user message, so that the answer is missing. */
	unanswered: boolean;
}

export type ShownSection = Omit<FixtureSection, 'conversations'> & { conversations: ShownConversation[] };

/** A fixture as a page has it. */
export type ShownFixture = Omit<Fixture, 'sections'> & { sections: ShownSection[] };

/**
 * The state of one Lab panel, plain JSON. The host owns it and changes it only through `reduceLab`; the webview holds a
 * copy that it updates with the same changes and the same function. The host has the full text of long texts, the webview
 * only the beginning (see `ShownTurn`); the webview has only the conversations that it requested.
 */
export interface LabState<F extends Fixture | ShownFixture = Fixture> {
	fixture: F;
	settings: LabSettings;
	edits: LabEdits;
	/** By conversation: the turn, one of its `replaceableTurns`, that Regenerate replaces. */
	chosen: Record<string, number>;
	takes: LabTake[];
	/** The distinct assembled prompts that takes were run with. */
	prompts: string[];
	/** The last "Regenerate all". */
	batch: { takes: string[] } | null;
	scores: LabScore[];
	matrix: LabMatrix | null;
}

/**
 * What happens to the turns after the chosen one. `turn`: nothing, only this turn is regenerated. `frozen`: later assistant
 * turns are regenerated too, each after the recorded conversation. `cascading`: later turns too, after the new answers.
 */
export const labReplays = ['turn', 'frozen', 'cascading'] as const;
export type LabReplay = (typeof labReplays)[number];

/** The tools that a model is offered: those that the conversation recorded, or none; then recorded calls are sent as text. */
export const labToolChoices = ['recorded', 'none'] as const;
export type LabToolChoice = (typeof labToolChoices)[number];

export interface LabSettings {
	/** `provider/model`; null until one is chosen. */
	model: string | null;
	thinking: ThinkingLevel;
	maxTokens: number;
	replay: LabReplay;
	/** Absent in a state that was kept by an older version: none. */
	tools?: LabToolChoice;
}

/** Edited texts; an absent text is as recorded. */
export interface LabEdits {
	base?: string;
	sections: Record<number, { instructions?: string; context?: string }>;
}

/** One of the three texts that make a prompt. */
export type LabPromptField = { part: 'base' } | { part: 'instructions' | 'context'; section: number };

export type LabStepStatus = 'waiting' | 'streaming' | TurnEnd;

/** One answer of a take. */
export interface LabStep {
	/** Index of the recorded assistant message that it replaces; absent for a follow-up. */
	replaces?: number;
	/** The follow-up that it answers. */
	question?: string;
	turn: ShownTurn;
	status: LabStepStatus;
	/** Milliseconds from the request to the end. */
	durationMs?: number;
	/** Milliseconds from the request to the first thinking, text or tool call. */
	firstPartMs?: number;
}

/** One regeneration or continuation of a conversation. */
export interface LabTake {
	id: string;
	/** `section/conversation`, as made by `columnKey`. */
	column: string;
	/** Index of the assistant message where it starts; the number of messages if the recorded answer is missing. */
	turn: number;
	/** True if the recorded answer at `turn` is kept and only follow-ups are new. */
	keepsTurn: boolean;
	replay: LabReplay;
	/** Absent for none. */
	tools?: LabToolChoice;
	model: string;
	thinking: ThinkingLevel;
	/** Index in `prompts`. */
	prompt: number;
	steps: LabStep[];
	/** Set for a cell of the matrix. */
	matrix?: { row: number; prompt: number };
}

export interface LabScore {
	section: number;
	item: number;
	model: string;
	status: LabStepStatus;
	score?: string;
	rationale?: string;
	error?: { code: ErrorCode; message: string };
	durationMs?: number;
}

/** The columns are prompts, the rows are conversation turns with a thinking level, the cells are takes. */
export interface LabMatrix {
	prompts: { label: string }[];
	rows: { column: string; turn: number; thinking: ThinkingLevel }[];
}

/** The state of the host or of a page. */
type AnyState = LabState<Fixture | ShownFixture>;

export type LabChange =
	| { type: 'settings'; settings: LabSettings }
	| { type: 'edit'; field: LabPromptField; text: string | null }
	| { type: 'choose'; column: string; turn: number }
	| { type: 'prompt'; text: string }
	/** `at`: its index, if it is not added at the end. */
	| { type: 'take'; take: LabTake; at?: number }
	| { type: 'dismiss'; take: string }
	| { type: 'step'; take: string; step: LabStep }
	/** Removes the last step, which is run again. */
	| { type: 'dropStep'; take: string }
	| { type: 'part'; take: string; step: number; part: ShownPart }
	| { type: 'status'; take: string; step: number; status: LabStepStatus; durationMs?: number; firstPartMs?: number }
	| { type: 'batch'; takes: string[] }
	| { type: 'score'; score: LabScore }
	| { type: 'matrix'; matrix: LabMatrix | null };

/** Whether an answer or a score is queued or streaming. */
export function isUnderWay({ status }: Pick<LabStep, 'status'>): boolean {
	return status === 'waiting' || status === 'streaming';
}

/** Whether an answer of the take is queued or streaming. */
export function isRunning(take: LabTake): boolean {
	return take.steps.some(isUnderWay);
}

export function columnKey(section: number, conversation: number): string {
	return `${section}/${conversation}`;
}

/** Index of the section that a column belongs to. */
export function sectionOf(column: string): number {
	return Number(column.split('/', 1)[0]);
}

/** A conversation of a page, by the key of its column. */
export function conversationAt({ fixture }: LabState<ShownFixture>, column: string): ShownConversation | undefined {
	const [section, conversation] = column.split('/').map(Number);
	return fixture.sections[section ?? -1]?.conversations[conversation ?? -1];
}

/** The recorded messages of a column, or `undefined` for a key that the fixture does not have. */
export function columnMessages(fixture: Fixture, column: string): FixtureMessage[] | undefined {
	const [section, conversation] = column.split('/').map(Number);
	return fixture.sections[section ?? -1]?.conversations[conversation ?? -1]?.messages;
}

/**
 * Indices of the turns that can be regenerated: assistant messages directly after a user message, because providers only
 * answer a user message, and the missing answer of a conversation that ends with the user.
 */
export function replaceableTurns(messages: readonly FixtureMessage[]): number[] {
	const turns = messages.flatMap(({ role }, index) =>
		role === 'assistant' && messages[index - 1]?.role === 'user' ? [index] : [],
	);
	return messages.at(-1)?.role === 'user' ? [...turns, messages.length] : turns;
}

/** The state before anything was done; the last assistant turn of each conversation is chosen. */
export function initialLabState(fixture: Fixture, settings: LabSettings): LabState {
	const chosen: Record<string, number> = {};
	for (const [section, { conversations }] of fixture.sections.entries()) {
		for (const [conversation, { messages }] of conversations.entries()) {
			const turn = replaceableTurns(messages).at(-1);
			if (turn !== undefined) {
				chosen[columnKey(section, conversation)] = turn;
			}
		}
	}
	return {
		fixture,
		settings,
		edits: { sections: {} },
		chosen,
		takes: [],
		prompts: [],
		batch: null,
		scores: [],
		matrix: null,
	};
}

/** The three current texts of a section: edited, or else as recorded. */
export function promptTexts(
	state: Pick<LabState<Fixture | ShownFixture>, 'fixture' | 'edits'>,
	section: number,
): { base: string; instructions: string; context: string } {
	const recorded = state.fixture.sections[section];
	const edited = state.edits.sections[section];
	return {
		base: state.edits.base ?? state.fixture.baseSystemPrompt,
		instructions: edited?.instructions ?? recorded?.instructions ?? '',
		context: edited?.context ?? recorded?.context ?? '',
	};
}

function changeTake<S extends AnyState>(state: S, id: string, change: (take: LabTake) => LabTake): S {
	const index = state.takes.findIndex((take) => take.id === id);
	const take = state.takes[index];
	return take ? { ...state, takes: state.takes.with(index, change(take)) } : state;
}

function changeStep<S extends AnyState>(state: S, id: string, index: number, change: (step: LabStep) => LabStep): S {
	return changeTake(state, id, (take) => {
		const step = take.steps[index];
		return step ? { ...take, steps: take.steps.with(index, change(step)) } : take;
	});
}

function edit<S extends AnyState>(state: S, field: LabPromptField, text: string | null): S {
	if (field.part === 'base') {
		const { base: recorded } = promptTexts({ fixture: state.fixture, edits: { sections: {} } }, 0);
		const { base: _base, ...rest } = state.edits;
		return { ...state, edits: text === null || text === recorded ? rest : { ...rest, base: text } };
	}
	const { [field.part]: _old, ...others } = state.edits.sections[field.section] ?? {};
	const recorded = state.fixture.sections[field.section]?.[field.part];
	const section = text === null || text === recorded ? others : { ...others, [field.part]: text };
	return { ...state, edits: { ...state.edits, sections: { ...state.edits.sections, [field.section]: section } } };
}

/** Pure; a change that names something unknown (dismissed in the meantime) leaves the state as it is. */
export function reduceLab<S extends AnyState>(state: S, change: LabChange): S {
	switch (change.type) {
		case 'settings':
			return { ...state, settings: change.settings };
		case 'edit':
			return edit(state, change.field, change.text);
		case 'choose':
			return { ...state, chosen: { ...state.chosen, [change.column]: change.turn } };
		case 'prompt':
			return { ...state, prompts: [...state.prompts, change.text] };
		case 'take':
			return { ...state, takes: state.takes.toSpliced(change.at ?? state.takes.length, 0, change.take) };
		case 'dismiss':
			return { ...state, takes: state.takes.filter((take) => take.id !== change.take) };
		case 'step':
			return changeTake(state, change.take, (take) => ({ ...take, steps: [...take.steps, change.step] }));
		case 'dropStep':
			return changeTake(state, change.take, (take) => ({ ...take, steps: take.steps.slice(0, -1) }));
		case 'part':
			return changeStep(state, change.take, change.step, (step) => ({
				...step,
				turn: foldShownPart(step.turn, change.part),
			}));
		case 'status': {
			const { type: _type, take, step: index, ...rest } = change;
			return changeStep(state, take, index, (step) => ({ ...step, ...rest }));
		}
		case 'batch':
			return { ...state, batch: { takes: change.takes } };
		case 'score': {
			const { score } = change;
			const index = state.scores.findIndex(
				({ section, item }) => section === score.section && item === score.item,
			);
			return { ...state, scores: index < 0 ? [...state.scores, score] : state.scores.with(index, score) };
		}
		case 'matrix':
			return { ...state, matrix: change.matrix, takes: state.takes.filter((take) => !take.matrix) };
	}
}
