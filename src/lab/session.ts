import * as l10n from '@vscode/l10n';
import type { FixtureMessage } from '../common/api.ts';
import { AppError, throwIfAborted } from '../common/errors.ts';
import { emptyTurn } from '../common/turn.ts';
import {
	isUnderWay,
	promptTexts,
	reduceLab,
	replaceableTurns,
	sectionOf,
	type LabChange,
	type LabPromptField,
	type LabScore,
	type LabSettings,
	type LabState,
	type LabStep,
	type LabTake,
} from '../common/labState.ts';
import { Emitter, type Disposable, type Event } from '../common/lifecycle.ts';
import type { ThinkingLevel } from '../common/model.ts';
import { foldShownPart } from '../common/shownTurn.ts';
import { endedByModel } from '../common/turnEnd.ts';
import type { SentRequest } from '../providers/provider.ts';
import { assemblePrompt } from '../common/assemblePrompt.ts';
import { recordedMessages, requireAnswered, requireQuestion, requireTurn } from './conversations.ts';
import type { LabContext } from './labContext.ts';
import { rowsWithinCap } from './matrix.ts';
import { offered } from './offered.ts';
import { recordedTools } from './recordedTools.ts';
import { requireScoringModel } from './score.ts';
import { itemPlaces, scorePlace, type ItemPlace } from './scoreRun.ts';
import { StepRuns } from './stepRuns.ts';
import { historyBefore, takeHistory } from './takeHistory.ts';

export interface SessionOptions {
	/** A new state (`initialLabState`) or a saved one (`reviveLabState`). */
	state: LabState;
	newId: () => string;
}

type TakeStart = Pick<LabTake, 'column' | 'turn' | 'model'> &
	Partial<Pick<LabTake, 'thinking' | 'replay' | 'keepsTurn' | 'matrix'>> & { prompt?: string };

function stopped(step: LabStep): LabStep {
	const turn = foldShownPart(step.turn, { type: 'done', stopReason: 'cancelled' });
	return { ...step, status: 'stopped', turn };
}

/**
 * A Lab session for one fixture. Owns the state; every change goes through `reduceLab` and is announced. Runs continue
 * until they end, are stopped, or the session is disposed. Results live only here: nothing is written.
 */
export class LabSession implements Disposable {
	readonly #context: LabContext;
	readonly #newId: () => string;
	readonly #changed = new Emitter<LabChange>();
	readonly #running = new Map<string, AbortController>();
	readonly #scoring = new Set<AbortController>();
	readonly #steps: StepRuns;
	/** Cancels the questions that the user is asked before a run. */
	#asking = new AbortController();
	#state: LabState;

	readonly onDidChange: Event<LabChange> = this.#changed.event;

	constructor(context: LabContext, { state, newId }: SessionOptions) {
		this.#context = context;
		this.#newId = newId;
		this.#state = state;
		this.#steps = new StepRuns(context, (change) => this.#apply(change));
	}

	get state(): LabState {
		return this.#state;
	}

	get isRunning(): boolean {
		return this.#running.size > 0 || this.#scoring.size > 0;
	}

	/** Elapsed milliseconds of each running step, by `take/step`. */
	get running(): Record<string, number> {
		return this.#steps.running;
	}

	/** The exact requests of one step of a take, keys masked; empty if it was not run in this window. */
	requests(take: string, step: number): readonly SentRequest[] {
		return this.#steps.requests({ take, step });
	}

	#apply(change: LabChange): void {
		this.#state = reduceLab(this.#state, change);
		this.#changed.fire(change);
	}

	/** `null` restores the recorded text. */
	edit(field: LabPromptField, text: string | null): void {
		if (field.part !== 'base' && !this.#state.fixture.sections[field.section]) {
			throw new AppError('not-found', l10n.t('The fixture has no section {0}', field.section + 1));
		}
		this.#apply({ type: 'edit', field, text });
	}

	choose(column: string, turn: number): void {
		requireTurn(this.#state.fixture, column, turn);
		this.#apply({ type: 'choose', column, turn });
	}

	configure(settings: Partial<LabSettings>): void {
		this.#apply({ type: 'settings', settings: { ...this.#state.settings, ...settings } });
	}

	/** The system prompt of a section, as it would be sent now. */
	prompt(section: number): string {
		return assemblePrompt(promptTexts(this.#state, section));
	}

	/** The system prompt of a section as recorded. */
	recordedPrompt(section: number): string {
		return assemblePrompt(promptTexts({ fixture: this.#state.fixture, edits: { sections: {} } }, section));
	}

	#messages(column: string): FixtureMessage[] {
		return recordedMessages(this.#state.fixture, column);
	}

	/** The turn of a conversation that a regeneration replaces. */
	#chosenTurn(column: string): number {
		return requireTurn(this.#state.fixture, column, this.#state.chosen[column]);
	}

	/** Stopping or disposing of the session cancels the question for a model. */
	async #model(): Promise<string> {
		const { signal } = this.#asking;
		const model = await this.#context.chooseModel(this.#state.settings.model ?? undefined, signal);
		throwIfAborted(signal);
		if (model !== this.#state.settings.model) {
			this.configure({ model });
		}
		return model;
	}

	/** Index of a prompt text in the state; a new text is added. */
	#promptIndex(text: string): number {
		const index = this.#state.prompts.indexOf(text);
		if (index >= 0) {
			return index;
		}
		this.#apply({ type: 'prompt', text });
		return this.#state.prompts.length - 1;
	}

	/** Adds a take of the chosen turn with the current prompt and settings, except for what `start` overrides. */
	#addTake(start: TakeStart): string {
		const { thinking, replay, tools = 'none' } = this.#state.settings;
		const { prompt = this.prompt(sectionOf(start.column)), ...rest } = start;
		const index = this.#promptIndex(prompt);
		const id = this.#newId();
		this.#apply({
			type: 'take',
			take: { id, thinking, replay, tools, keepsTurn: false, ...rest, prompt: index, steps: [] },
		});
		return id;
	}

	#take(id: string): LabTake {
		const take = this.#state.takes.find((candidate) => candidate.id === id);
		if (!take) {
			throw new AppError('not-found', l10n.t('This regeneration was dismissed'));
		}
		return take;
	}

	/** Starts a regeneration of the chosen turn with the current prompt. Resolves to the take's id at once. */
	async regenerate(column: string): Promise<string> {
		await this.#context.requireFacilitator();
		const turn = this.#chosenTurn(column);
		const id = this.#addTake({ column, turn, model: await this.#model() });
		void this.#replay(id);
		return id;
	}

	/** Starts a regeneration of every conversation that has a turn to regenerate. Resolves to the takes' ids. */
	async regenerateAll(): Promise<string[]> {
		await this.#context.requireFacilitator();
		const model = await this.#model();
		const takes = this.columns().map((place) => this.#addTake({ ...place, model }));
		this.#apply({ type: 'batch', takes });
		for (const id of takes) {
			void this.#replay(id);
		}
		return takes;
	}

	/** The conversations that can be regenerated, each with its chosen turn. */
	columns(): { column: string; turn: number }[] {
		return Object.entries(this.#state.chosen).map(([column, turn]) => ({ column, turn }));
	}

	/** Asks a follow-up after the last answer of a take, with that take's prompt, model and thinking. */
	async continueTake(id: string, question: string): Promise<void> {
		await this.#context.requireFacilitator();
		requireQuestion(question);
		const take = this.#take(id);
		if (this.#running.has(id)) {
			throw new AppError(
				'validation',
				l10n.t('Wait until the answer is complete, or stop it, before a follow-up'),
			);
		}
		requireAnswered(take);
		void this.#followUp(take, question);
	}

	/** Runs the last answer of a take again if it is incomplete. */
	async retry(id: string): Promise<void> {
		await this.#context.requireFacilitator();
		const last = this.#take(id).steps.at(-1);
		if (!last || last.status === 'complete' || this.#running.has(id)) {
			throw new AppError('validation', l10n.t('Only an incomplete answer can be retried'));
		}
		this.#apply({ type: 'dropStep', take: id });
		if (last.question !== undefined) {
			void this.#followUp(this.#take(id), last.question);
		} else {
			void this.#replay(id, last.replaces);
		}
	}

	async #followUp(take: LabTake, question: string): Promise<void> {
		const before = takeHistory(this.#messages(take.column), take);
		await this.#run(take.id, async (signal) => {
			await this.#step(take.id, { question, turn: emptyTurn, status: 'waiting' }, before, signal);
		});
	}

	/** Asks a follow-up after the recorded answer at the chosen turn. Resolves to the new take's id. */
	async continueRecorded(column: string, question: string): Promise<string> {
		await this.#context.requireFacilitator();
		requireQuestion(question);
		const turn = this.#chosenTurn(column);
		if (turn >= this.#messages(column).length) {
			throw new AppError(
				'validation',
				l10n.t('There is no recorded answer to continue from. Regenerate it first'),
			);
		}
		const id = this.#addTake({ column, turn, model: await this.#model(), replay: 'turn', keepsTurn: true });
		await this.continueTake(id, question);
		return id;
	}

	/** Regenerates the turns of a take, starting at the given one. */
	async #replay(id: string, from = this.#take(id).turn): Promise<void> {
		const { column, replay } = this.#take(id);
		const recorded = this.#messages(column);
		const later = replaceableTurns(recorded).filter((turn) => turn > from && turn < recorded.length);
		await this.#run(id, async (signal) => {
			for (const replaces of replay === 'turn' ? [from] : [from, ...later]) {
				const before = historyBefore(recorded, this.#take(id), replaces);
				const ended = await this.#step(id, { replaces, turn: emptyTurn, status: 'waiting' }, before, signal);
				// A cascade cannot continue after an answer that failed; frozen turns are independent.
				if (signal.aborted || (replay === 'cascading' && !endedByModel(ended))) {
					break;
				}
			}
		});
	}

	async #run(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		const controller = new AbortController();
		this.#running.set(id, controller);
		try {
			await work(controller.signal);
		} finally {
			this.#running.delete(id);
		}
	}

	/** Runs one step and returns how it ended. */
	async #step(
		id: string,
		step: LabStep,
		before: readonly FixtureMessage[],
		signal: AbortSignal,
	): Promise<LabStep['status']> {
		const take = this.#take(id);
		const index = take.steps.length;
		this.#apply({ type: 'step', take: id, step });
		const follow: FixtureMessage[] = step.question === undefined ? [] : [{ role: 'user', content: step.question }];
		const tools = take.tools === 'recorded' ? recordedTools(this.#messages(take.column)) : [];
		const request = {
			model: take.model,
			system: this.#state.prompts[take.prompt] ?? '',
			...offered([...before, ...follow], tools),
			thinking: take.thinking,
			maxTokens: this.#state.settings.maxTokens,
			purpose: 'lab' as const,
		};
		return this.#steps.run({ take: id, step: index }, request, signal);
	}

	/**
	 * Starts the matrix: every prompt with every turn of the given columns and every thinking level. The cells of an
	 * earlier matrix are dropped.
	 */
	async startMatrix(options: {
		prompts: { label: string; text: (section: number) => string }[];
		columns: string[];
		turns: 'chosen' | 'all';
		thinking: ThinkingLevel[];
	}): Promise<void> {
		await this.#context.requireFacilitator();
		const rows = rowsWithinCap(this.#state, options);
		const model = await this.#model();
		this.#stopMatrix();
		this.#apply({ type: 'matrix', matrix: { prompts: options.prompts.map(({ label }) => ({ label })), rows } });
		const takes = rows.flatMap(({ column, turn, thinking }, row) =>
			options.prompts.map(({ text }, prompt) => {
				const cell = { prompt: text(sectionOf(column)), replay: 'turn' as const, matrix: { row, prompt } };
				return this.#addTake({ column, turn, thinking, model, ...cell });
			}),
		);
		for (const id of takes) {
			void this.#replay(id);
		}
	}

	/** Stops what is still running and drops the cells. */
	closeMatrix(): void {
		this.#stopMatrix();
		this.#apply({ type: 'matrix', matrix: null });
	}

	#stopMatrix(): void {
		for (const take of this.#state.takes) {
			if (take.matrix) {
				this.stop(take.id);
			}
		}
	}

	/**
	 * Scores the given items, or all of them. Each fails on its own. Resolves when every item has a score or an error.
	 */
	async score(places: ItemPlace[] = itemPlaces(this.#state)): Promise<void> {
		await this.#context.requireFacilitator();
		if (itemPlaces(this.#state).length === 0) {
			throw new AppError('validation', l10n.t('This fixture is not an assessment: it has no items to score'));
		}
		const model = await this.#model();
		requireScoringModel(this.#context, model);
		const controller = new AbortController();
		const { signal } = controller;
		const report = (score: LabScore) => this.#apply({ type: 'score', score });
		this.#scoring.add(controller);
		try {
			await Promise.all(
				places.map((place) => {
					const rubric = this.prompt(place.section);
					return scorePlace(this.#context, this.#state, place, { rubric, model, signal, report });
				}),
			);
		} finally {
			this.#scoring.delete(controller);
		}
	}

	/** Stops one take, or everything that is running or about to run. What has arrived stays. */
	stop(take?: string): void {
		if (take !== undefined) {
			this.#running.get(take)?.abort();
			return;
		}
		this.#asking.abort();
		this.#asking = new AbortController();
		for (const controller of [...this.#running.values(), ...this.#scoring]) {
			controller.abort();
		}
	}

	/** Removes a regeneration, stopping it if it is running. Returns a function that puts it back. */
	dismiss(id: string): () => void {
		const take = this.#take(id);
		const at = this.#state.takes.indexOf(take);
		this.stop(id);
		this.#apply({ type: 'dismiss', take: id });
		const steps = take.steps.map((step) => (isUnderWay(step) ? stopped(step) : step));
		return () => this.#apply({ type: 'take', take: { ...take, steps }, at });
	}

	dispose(): void {
		this.stop();
		this.#changed.dispose();
	}
}
