import type { LabMatrixChoice, LabMatrixEstimate, LabPromptChoice, LabProtocol } from '../../common/labProtocol.ts';
import type { LabState, ShownFixture } from '../../common/labState.ts';
import type { ThinkingLevel } from '../../common/model.ts';
import type { Page } from '../shared/page.ts';
import type { Intent } from './intent.ts';

type MatrixPage = Pick<Page<LabProtocol, LabState<ShownFixture>, Intent>, 'state' | 'call' | 'draw'> & {
	settleEdits(): Promise<void>;
};

/** What is chosen for a matrix until it is started, and what it would cost. */
export class MatrixForm {
	choices: readonly LabPromptChoice[] = [];
	/** Words that the prompts offered have in common. */
	filter = '';
	estimate: LabMatrixEstimate | undefined;
	readonly prompts = new Set(['edited', 'recorded']);
	readonly columns: Set<string>;
	readonly thinking: Set<ThinkingLevel>;
	turns: 'chosen' | 'all' = 'chosen';
	readonly #page: MatrixPage;

	constructor(page: MatrixPage) {
		const { chosen, settings } = page.state;
		this.#page = page;
		this.columns = new Set(Object.keys(chosen));
		this.thinking = new Set([settings.thinking]);
		void this.offer().then(() => this.#update());
	}

	/** Offers the prompts that there are now. */
	async offer(): Promise<void> {
		const answer = await this.#page.call('matrix', 'promptChoices', {});
		this.choices = answer?.result ?? this.choices;
		this.#page.draw();
	}

	filterBy(words: string): void {
		this.filter = words;
		this.#page.draw();
	}

	togglePrompt(id: string): void {
		toggle(this.prompts, id);
		void this.#update();
	}

	toggleColumn(column: string): void {
		toggle(this.columns, column);
		void this.#update();
	}

	toggleThinking(level: ThinkingLevel): void {
		toggle(this.thinking, level);
		void this.#update();
	}

	chooseColumns(columns: readonly string[]): void {
		this.columns.clear();
		for (const column of columns) {
			this.columns.add(column);
		}
		void this.#update();
	}

	chooseTurns(turns: 'chosen' | 'all'): void {
		this.turns = turns;
		void this.#update();
	}

	async start(): Promise<void> {
		await this.#page.settleEdits();
		await this.#page.call('matrix', 'startMatrix', this.#choice());
	}

	#choice(): LabMatrixChoice {
		return {
			prompts: [...this.prompts],
			columns: [...this.columns],
			turns: this.turns,
			thinking: [...this.thinking],
		};
	}

	/** Shows what is chosen, and asks what that would cost. */
	async #update(): Promise<void> {
		this.#page.draw();
		await this.#page.settleEdits();
		const choice = this.#choice();
		const answer = await this.#page.call('matrix', 'matrixEstimate', choice);
		// A slow answer to an older choice is not shown.
		if (answer && JSON.stringify(choice) === JSON.stringify(this.#choice())) {
			this.estimate = answer.result;
			this.#page.draw();
		}
	}
}

function toggle<T>(set: Set<T>, value: T): void {
	if (!set.delete(value)) {
		set.add(value);
	}
}
