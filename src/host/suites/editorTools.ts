import * as vscode from 'vscode';
import { throwIfAborted, toAppError } from '../../common/errors.ts';
import type { Tool, ToolOutput } from '../../common/tools.ts';
import { visibleLine } from '../../common/visibleText.ts';
import { showWarning } from '../kit/notify.ts';

/** Most characters of a call in its question, and of a result in a line. */
const shownLength = 300;

/**
 * Tools of the editor, those of MCP servers included, that the trials of one run may call. The user allows each call, or all
 * calls of a tool in this run; a program's run is itself the agreement. VS Code may ask once more for tools of its own.
 */
export class EditorTools {
	readonly #asks: boolean;
	/** Tools whose calls are all allowed. */
	readonly #allowed = new Set<string>();
	/** Calls wait for the question that is open. */
	#asking: Promise<unknown> = Promise.resolve();

	constructor(asks: boolean) {
		this.#asks = asks;
	}

	/** The tools that exist among those names. */
	readonly offer = (names: readonly string[]): Promise<Tool[]> => {
		const wanted = new Set(names);
		return Promise.resolve(
			vscode.lm.tools
				.filter(({ name }) => wanted.has(name))
				.map(({ name, description, inputSchema }) => ({
					name,
					description,
					inputSchema: inputSchema ? { ...inputSchema } : { type: 'object' },
					run: (input, signal) => this.#run(name, input, signal),
				})),
		);
	};

	async #run(name: string, input: unknown, signal: AbortSignal): Promise<ToolOutput> {
		if (this.#asks && !(await this.#confirm(name, input, signal))) {
			return failed('The user did not allow this call.');
		}
		throwIfAborted(signal);
		const cancellation = new vscode.CancellationTokenSource();
		const cancel = () => cancellation.cancel();
		signal.addEventListener('abort', cancel);
		try {
			const options = { input: isObject(input) ? input : {}, toolInvocationToken: undefined };
			const { content } = await vscode.lm.invokeTool(name, options, cancellation.token);
			const text = content.map(textOf).join('\n');
			return { content: text, summary: visibleLine(text, shownLength) };
		} catch (thrown) {
			throwIfAborted(signal);
			const error = toAppError(thrown);
			// A tool that fails is something for the model to deal with.
			return failed(error.code === 'cancelled' ? 'The user did not allow this call.' : error.message);
		} finally {
			signal.removeEventListener('abort', cancel);
			cancellation.dispose();
		}
	}

	/** One question at a time, in the order of the calls. */
	#confirm(name: string, input: unknown, signal: AbortSignal): Promise<boolean> {
		const answer = this.#asking.then(() => (signal.aborted ? false : this.#ask(name, input)));
		this.#asking = answer.catch(() => undefined);
		return answer;
	}

	async #ask(name: string, input: unknown): Promise<boolean> {
		if (this.#allowed.has(name)) {
			return true;
		}
		const once = vscode.l10n.t('Allow');
		const always = vscode.l10n.t('Allow in This Run');
		const detail = vscode.l10n.t(
			'A model that is tested calls it with {0}',
			visibleLine(JSON.stringify(input) ?? '', shownLength),
		);
		const question = vscode.l10n.t('Run the tool "{0}" of the editor?', name);
		const answer = await showWarning(question, { modal: true, detail }, once, always);
		if (answer === always) {
			this.#allowed.add(name);
		}
		return answer !== undefined;
	}
}

function failed(content: string): ToolOutput {
	return { content, summary: content, isError: true };
}

function textOf(part: unknown): string {
	return part instanceof vscode.LanguageModelTextPart ? part.value : JSON.stringify(part);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
